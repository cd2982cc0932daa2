/** `postil completion bash|zsh|fish`: completion of commands and options, from their definitions. */

import { defineCommand } from './command.ts';
import { allCommands } from './help.ts';
import { Usage } from './usage.ts';

const SHELLS = ['bash', 'zsh', 'fish'];

export const command = defineCommand({
  name: 'completion',
  usage: 'bash|zsh|fish',
  summary: 'print a completion script: source <(postil completion bash)',
  options: {},
  run: async (_values, [shell = '']) => {
    if (!SHELLS.includes(shell)) throw new Usage(`name a shell: ${SHELLS.join(', ')}`, 'completion');
    const all = await allCommands();
    const flags = (name: string) =>
      Object.keys(all.find((c) => c.name === name)!.options).map((o) => `--${o}`);
    const names = all.map((c) => c.name);
    if (shell === 'fish') {
      const lines = all.flatMap((c) => [
        `complete -c postil -n __fish_use_subcommand -a ${c.name} -d '${quoted(c.summary)}'`,
        ...Object.entries(c.options).map(
          ([o, { doc }]) =>
            `complete -c postil -n '__fish_seen_subcommand_from ${c.name}' -l ${o} -d '${quoted(doc)}'`,
        ),
      ]);
      process.stdout.write(`${lines.join('\n')}\n`);
      return 0;
    }
    const cases = names.map((n) => `    ${n}) words="${flags(n).join(' ')}" ;;`).join('\n');
    const script = `_postil() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="${names.join(' ')}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases}
    esac
    case "$current" in -*) ;; *) words="" ;; esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _postil postil
`;
    process.stdout.write(shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${script}` : script);
    return 0;
  },
});

function quoted(text: string): string {
  return text.replace(/['\\]/g, '\\$&');
}
