// Types of the one DevTools module that is used.
declare module "devtools://devtools/bundled/ui/legacy/legacy.js" {
	interface Manager {
		hasView(id: string): boolean;
		showView(id: string): Promise<void>;
	}
	interface Controller {
		setDockSide(side: "right" | "bottom" | "left" | "undocked"): void;
	}
	export const ViewManager: {
		readonly ViewManager: { instance(): Manager };
	};
	export const DockController: {
		readonly DockController: { instance(): Controller };
	};
}
