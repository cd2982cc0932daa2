export function packages(): {
  name: string;
  version: string;
  licence: string | undefined;
  shipped: boolean;
}[];
export function isKnown(licence: string | undefined): boolean;
