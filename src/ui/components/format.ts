const exact = new Intl.NumberFormat("en-US");

/** `1,204 bytes` */
export function formatExactSize(bytes: number): string {
	return `${exact.format(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
}

/** `640 B`, `1.2 kB`, `2.0 MB`; 1 kB = 1,000 bytes. */
export function formatSize(bytes: number): string {
	if (bytes < 1_000) return `${bytes} B`;
	const kilo = bytes / 1_000;
	if (kilo < 999.95) return `${kilo.toFixed(kilo < 99.95 ? 1 : 0)} kB`;
	return `${(kilo / 1_000).toFixed(1)} MB`;
}
