import type { PagePlatform } from "../background-client/platform.ts";
import { Button } from "../components/Button.tsx";

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
				runs in the background. Profiles, connections and history are kept.
				Secrets that are kept only until the browser closes must be entered
				again.
			</p>
			<Button
				name="Reload extension"
				kind="primary"
				onClick={() => platform.reload()}
			/>
		</div>
	);
}
