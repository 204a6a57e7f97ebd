import type { Page } from "playwright";

export interface Badge {
	readonly text: string;
	readonly title: string;
}

/** Reads the badge of the toolbar button. `stage` is any page of the extension. */
export function readBadge(stage: Page): Promise<Badge> {
	return stage.evaluate(async () => ({
		text: await chrome.action.getBadgeText({}),
		title: await chrome.action.getTitle({}),
	}));
}
