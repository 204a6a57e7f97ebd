// The popup itself, begun once its first frame is painted (first-frame.ts): connect, and show.
import { browser } from "../ui/background-client/browser.ts";
import { connectPage } from "../ui/background-client/connect-page.ts";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
import { Inspector } from "../ui/inspector/Inspector.tsx";

/** Then nobody waits for anything. */
const SETTLED_MS = 500;

const connection = connectPage(browser, "popup");
const platform = createPlatform(browser);
mount(<Inspector {...{ connection, platform }} surface="popup" />);
setTimeout(async () => {
	const { keepFrames } = await import("./save-frame.ts");
	keepFrames(connection, localStorage);
}, SETTLED_MS);
