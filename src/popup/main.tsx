// The popup itself, begun once its first frame is painted (first-frame.ts): connect, and show.
import { browser } from "../ui/browser/browser.ts";
import { createPlatform } from "../ui/browser/platform.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { connectPage } from "../ui/line/connect-page.ts";
import { mount } from "../ui/mount.tsx";

/** Then nobody waits for anything. */
const SETTLED_MS = 500;

const connection = connectPage(browser, "popup");
const platform = createPlatform(browser);
mount(<Inspector {...{ connection, platform }} surface="popup" />);
setTimeout(async () => {
	const { keepFrames } = await import("./last-frame.ts");
	keepFrames(connection, localStorage);
}, SETTLED_MS);
