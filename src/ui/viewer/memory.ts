// The view chosen for a profile, in localStorage, which answers before the first paint.

export function recall(key: string): string | null {
	return localStorage.getItem(`view.${key}`);
}

export function remember(key: string, view: string): void {
	localStorage.setItem(`view.${key}`, view);
}
