/** `postil completion bash|zsh|fish`: completion of commands, options and their values, from their definitions. */

import { definitions } from '../diagnostics/messages/define.ts';
import '../diagnostics/messages.ts';
import { type Command, defineCommand, type Option } from './command.ts';
import { allCommands } from './help.ts';
import { Usage } from './usage.ts';

const SHELLS: Record<string, (all: Command[]) => string> = { bash, zsh, fish };

export const command = defineCommand({
  name: 'completion',
  usage: 'bash|zsh|fish',
  summary: 'print a completion script: source <(postil completion bash)',
  options: {},
  run: async (_values, [shell = '']) => {
    const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
    if (!script) throw new Usage(`name a shell: ${Object.keys(SHELLS).join(', ')}`, 'completion');
    process.stdout.write(script(await allCommands()));
    return 0;
  },
});

/** What can stand somewhere: one of a few words, a path, or something of which a shell knows nothing. */
type Value = string[] | 'folder' | 'file' | 'free';

/** @param placeholder as help names the value: `DIR`, `list|show` */
function valueFor(placeholder: string): Value {
  if (/^[a-z]+(?:\|[a-z]+)+$/.test(placeholder)) return placeholder.split('|');
  if (placeholder === 'ID') return definitions.map((d) => d.id);
  if (/^(?:DIR|dir|site)$/.test(placeholder)) return 'folder';
  return /^(?:FILE|PATH|NOTE)$/.test(placeholder) ? 'file' : 'free';
}

/** What can stand behind a command, argument by argument; nothing is known of `TITLE | arXiv id | DOI`. */
function argumentsOf({ usage }: Command): Value[] {
  if (usage === '' || usage.includes(' | ')) return [];
  return usage.split(' ').map((a) => valueFor(a.replace(/[[\]]/g, '')));
}

const namesOf = ({ name, aliases = [] }: Command) => [name, ...aliases];

/** The options of a command, with what can stand behind each that takes something. */
function optionsOf({ options }: Command): (Option & { name: string; takes?: Value })[] {
  return Object.entries(options).map(([name, option]) => ({
    name,
    ...option,
    ...(option.type === 'string' && { takes: valueFor(option.value ?? '') }),
  }));
}

/** Where it has no word, bash offers files. */
function bash(all: Command[]): string {
  const flags = all.map((c) => {
    const [first] = argumentsOf(c);
    const words = Array.isArray(first) ? `; [ "$COMP_CWORD" -eq 2 ] && words="${first.join(' ')}"` : '';
    return `    ${namesOf(c).join('|')}) flags="${optionsOf(c)
      .map((o) => `--${o.name}`)
      .join(' ')}"${words} ;;`;
  });
  const values = all.flatMap((c) =>
    optionsOf(c).flatMap(({ name, takes }) =>
      Array.isArray(takes)
        ? [
            `    ${namesOf(c)
              .map((n) => `"${n} --${name}"`)
              .join('|')}) words="${takes.join(' ')}" ;;`,
          ]
        : [],
    ),
  );
  return `_postil() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="" flags=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${all.map((c) => c.name).join(' ')}"
  else
    case "\${COMP_WORDS[1]}" in
${flags.join('\n')}
    esac
    case "$current" in -*) words="$flags" ;; esac
    case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _postil postil
`;
}

/** To be sourced, or kept as `_postil` where zsh looks for functions. */
function zsh(all: Command[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const action = (value: Value) => {
    if (Array.isArray(value)) return `(${value.join(' ')})`;
    return value === 'folder' ? '_files -/' : value === 'file' ? '_files' : ' ';
  };
  const specs = (c: Command) => [
    ...optionsOf(c).map(({ name, short, doc, value = '', takes }) => {
      const what = `[${doc.replace(/[[\]\\]/g, '\\$&')}]${takes ? `:${value}:${action(takes)}` : ''}`;
      const long = quoted(`--${name}${takes ? '=' : ''}${what}`);
      if (!short) return long;
      const both = quoted(`(-${short} --${name})`);
      return `${both}${quoted(`-${short}${takes ? '+' : ''}${what}`)} ${both}${long}`;
    }),
    ...argumentsOf(c).map((value, i) => quoted(`${i + 1}:argument:${action(value)}`)),
  ];
  const commands = all.map((c) => `      ${quoted(`${c.name}:${c.summary}`)}`);
  const cases = all.map((c) => `    ${namesOf(c).join('|')}) _arguments -s ${specs(c).join(' ')} ;;`);
  return `#compdef postil
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
_postil() {
  if (( CURRENT == 2 )); then
    local -a names=(
${commands.join('\n')}
    )
    _describe command names
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _postil ]]; then _postil "$@"; else compdef _postil postil; fi
`;
}

function fish(all: Command[]): string {
  const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const folders = quoted('(__fish_complete_directories (commandline -ct))');
  const values = (value: Value) =>
    Array.isArray(value)
      ? `-x -a ${quoted(value.join(' '))}`
      : value === 'folder'
        ? `-x -a ${folders}`
        : value === 'file'
          ? '-r -F'
          : '-x';
  const lines = all.flatMap((c) => {
    const is = `__postil_is ${namesOf(c).join(' ')}`;
    // Words before it: an argument's place, as long as no option takes one.
    const argument = argumentsOf(c);
    const at = (i: number) =>
      argument.length === 1 && !Array.isArray(argument[i])
        ? is
        : `${is}; and test (count (commandline -opc)) ${i === 0 ? '-eq' : '-gt'} 2`;
    return [
      `complete -c postil -n __postil_is -a ${c.name} -d ${quoted(c.summary)}`,
      ...optionsOf(c).map(
        ({ name, short, doc, takes }) =>
          `complete -c postil -n ${quoted(is)}${short ? ` -s ${short}` : ''} -l ${name}${takes ? ` ${values(takes)}` : ''} -d ${quoted(doc)}`,
      ),
      ...argument.flatMap((value, i) =>
        value === 'free'
          ? []
          : [`complete -c postil -n ${quoted(at(i))} ${values(value).replace(/^-[xr] /, '')}`],
      ),
    ];
  });
  return `# Whether the command is one of these; without any, whether there is none yet.
function __postil_is
  set -l words (commandline -opc)
  if set -q words[2]
    contains -- $words[2] $argv
  else
    test (count $argv) -eq 0
  end
end
complete -c postil -f
${lines.join('\n')}
`;
}
