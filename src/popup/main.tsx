import { connectPage } from "../ui/background-client/background-client.ts";
import { browser } from "../ui/background-client/browser.ts";
import { BackgroundProvider } from "../ui/background-client/context.tsx";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
import { Inspector } from "../ui/inspector/Inspector.tsx";

/** Saving a frame does not compete with the start of the popup. */
const SAVE_DELAY_MS = 500;

const client = connectPage(browser, "popup");
mount(
	<BackgroundProvider client={client} platform={createPlatform(browser)}>
		<Inspector surface="popup" />
	</BackgroundProvider>,
);
setTimeout(async () => {
	const { saveFrames } = await import("./save-frame.ts");
	saveFrames(client, localStorage);
}, SAVE_DELAY_MS);
