import { LoadError } from "../components/lazy.tsx";
import { useModule } from "../hooks/use-module.ts";
import type { ViewerProps } from "./Viewer.tsx";

const loadViewer = () => import("./Viewer.tsx");
// Starts to load at once, so that the first configuration does not wait for it.
loadViewer().catch(() => undefined);

/**
 * Shows one configuration; the viewer is loaded beside the first paint of the page. It fills the rest of a flex column; the
 * caller names the region. A new version is new `content` of the same element; another profile is another `key`.
 */
export function ConfigurationView(props: ViewerProps) {
	const { module: viewer, retry } = useModule(true, loadViewer);
	if (viewer) return <viewer.Viewer {...props} />;
	return (
		<div class="placeholder">{retry && <LoadError onRetry={retry} />}</div>
	);
}
