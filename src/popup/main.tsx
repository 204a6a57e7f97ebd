// The popup itself, begun once its first frame is painted (first-frame.ts): connect, and show.

import { connectPage } from "../ui/background-client/background-client.ts";
import { browser } from "../ui/background-client/browser.ts";
import { BackgroundProvider } from "../ui/background-client/context.tsx";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
import { Inspector } from "../ui/inspector/Inspector.tsx";

/** Then nobody waits for anything. */
const SETTLED_MS = 500;

const client = connectPage(browser, "popup");
mount(
	<BackgroundProvider client={client} platform={createPlatform(browser)}>
		<Inspector surface="popup" />
	</BackgroundProvider>,
);
setTimeout(async () => {
	const { keepFrames } = await import("./save-frame.ts");
	keepFrames(client, localStorage);
}, SETTLED_MS);
