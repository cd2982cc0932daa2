declare module 'd3-scale' {
  /** A scale from numbers to pixels. */
  export interface Scale {
    (value: number): number;
    domain(domain: [number, number]): this;
    domain(): [number, number];
    range(range: [number, number]): this;
    /** Widens the domain to round numbers. */
    nice(): this;
    ticks(count: number): number[];
    /** @returns labels of ticks; empty for those that a logarithmic axis leaves out */
    tickFormat(count: number, specifier?: string): (value: number) => string;
  }
  export function scaleLinear(): Scale;
  export function scaleLog(): Scale;
}
