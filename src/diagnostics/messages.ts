/**
 * Every message, one definition each. The id's first part is the place of the fault: `fs`, `front-matter`,
 * `config`, `link`, `math`, `html`, `url`, `note`. What cannot be published rightly is an error; what costs
 * one spot of one page is a warning (`--strict` makes warnings errors).
 */

export * from './messages/addresses.ts';
export * from './messages/checking.ts';
export * from './messages/citations.ts';
export * from './messages/configuration.ts';
export * from './messages/figures.ts';
export * from './messages/files.ts';
export * from './messages/front-matter.ts';
export * from './messages/links.ts';
export * from './messages/mathematics.ts';
export * from './messages/output.ts';
export * from './messages/overviews.ts';
export * from './messages/plugins.ts';
export * from './messages/publishing.ts';
export * from './messages/text.ts';
export * from './messages/theme.ts';
