import { describe } from 'vitest';
import { readablePage } from '../support/page.ts';
import { testVault } from '../support/vault.ts';

describe('a vault with every kind of link', () => {
  testVault('vault', /^(?:posts|papers|old|2021)\b/, readablePage);
});
