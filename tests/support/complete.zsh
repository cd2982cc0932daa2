# What zsh offers for a line, match by match: a shell with a terminal of its own sources a script and completes the line.
# Called with the script and the line.
zmodload zsh/zpty
setup=$(mktemp)
cat > $setup <<'END'
PROMPT=
source $SCRIPT
bindkey '^I' complete-word
mark() { print -r -- $'\x01' }
compprefuncs=( mark )
comppostfuncs=( mark exit )
# Calls that only look add nothing to the list.
compadd() {
  [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]] && { builtin compadd "$@"; return }
  local -a hits
  builtin compadd -A hits "$@"
  (( $#hits )) && print -lr -- $hits
  return $(( $#hits == 0 ))
}
print ready
END
export SCRIPT=$1
zpty shell zsh -f -i
zpty -w shell "source $setup"
while zpty -r shell line && [[ $line != ready* ]]; do :; done
zpty -w -n shell "$2"$'\t'
integer inside=0
while zpty -r shell line; do
  if [[ $line == *$'\x01'* ]]; then (( inside++ )) && break; continue; fi
  (( inside )) && print -r -- ${line%$'\r\n'}
done
rm $setup
