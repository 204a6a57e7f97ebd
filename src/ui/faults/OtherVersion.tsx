import type { PagePlatform } from "../browser/platform.ts";
import { Button } from "../parts/Button.tsx";

/** The whole of a view whose background is of another version: nothing else it could show or do would be right. */
export function OtherVersion({
	platform,
}: {
	readonly platform: PagePlatform;
}) {
	return (
		<div class="nothing" role="alert">
			<h2>Reload the extension</h2>
			<p>
				The extension's files were replaced, but another version of it still
				runs in the background. Reload it to use the new one. Profiles, history
				and connections stay; secrets that are kept for this browser session
				alone must be entered again.
			</p>
			<Button
				name="Reload extension"
				kind="primary"
				onClick={() => platform.reload()}
			/>
		</div>
	);
}
