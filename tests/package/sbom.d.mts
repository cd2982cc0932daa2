export function sbom(): { bomFormat: string; components: { name: string; version: string; purl: string }[] };
