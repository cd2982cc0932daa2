/** The publishing workflow with its notes compiled on several machines (docs/scale.md). */

const CHECKOUT_TO_BUILD =
  /( {6}- uses: actions\/checkout[\s\S]*?)( {6}- id: pages[\s\S]*?\n)( {6}- run: npm ci[\s\S]*?)(?= {6}- run: npx postil build)/;

const UPLOAD = 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2';
const DOWNLOAD = 'actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0';

/**
 * @param workflow the workflow for one machine
 * @param machines how many compile
 * @returns the workflow in which a job for each part fills a store, and the build starts with all of them
 */
export function withShards(workflow: string, machines: number): string {
  const parts = Array.from({ length: machines }, (_, i) => i + 1).join(', ');
  const compile = `jobs:
  compile:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    strategy:
      matrix:
        part: [${parts}]
    steps:
${stepsToBuild(workflow)}      - run: npx postil build --shard "$PART"
        env:
          PART: \${{ matrix.part }}/${machines}
      - uses: ${UPLOAD}
        with:
          name: store-\${{ matrix.part }}
          path: .postil/store
          include-hidden-files: true
          retention-days: 1
  build:
    needs: compile
`;
  const download = `      - uses: ${DOWNLOAD}
        with:
          pattern: store-*
          path: .postil/store
          merge-multiple: true
`;
  return workflow
    .replace(/( {6}- run: npx postil build)/, (step) => download + step)
    .replace('jobs:\n  build:\n', () => compile);
}

/** Checkout, Node, `npm ci` and the cache, as the workflow for one machine has them; each part has a cache of its own. */
function stepsToBuild(workflow: string): string {
  const [, before = '', , after = ''] = CHECKOUT_TO_BUILD.exec(workflow) ?? [];
  return before + after.replaceAll('postil-store-', `postil-part-\${{ matrix.part }}-`);
}
