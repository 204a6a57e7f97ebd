// The popup itself, begun once its first frame is painted (first-frame.ts): connect, and show.
import { createBodyReader } from "../store/body-reader.ts";
import { browser } from "../ui/browser/browser.ts";
import { createPlatform } from "../ui/browser/platform.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { connect } from "../ui/line/connect.ts";
import { afterPaint } from "../ui/line/memory.ts";
import { mount } from "../ui/mount.tsx";

/** Then nobody waits for anything. */
const SETTLED_MS = 500;

const { runtime, storage } = browser;
const connection = connect({
	runtime,
	storage: storage.local,
	bodies: createBodyReader(),
	page: document,
	memory: localStorage,
	afterPaint,
});
const platform = createPlatform(browser);
mount(<Inspector {...{ connection, platform }} surface="popup" />);
setTimeout(async () => {
	const { keepFrames } = await import("./last-frame.ts");
	keepFrames(connection, localStorage);
}, SETTLED_MS);
