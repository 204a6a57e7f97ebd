// The options page's entry: connect, then show.
import { createBodyReader } from "../store/body-reader.ts";
import { browser } from "../ui/browser/browser.ts";
import { createPlatform } from "../ui/browser/platform.ts";
import { connect } from "../ui/line/connect.ts";
import { afterPaint } from "../ui/line/memory.ts";
import { mount } from "../ui/mount.tsx";
import { Options } from "./Options.tsx";

const { permissions, runtime, storage } = browser;
const bodies = createBodyReader();
const connection = connect({
	runtime,
	storage: storage.local,
	bodies,
	page: document,
	memory: localStorage,
	afterPaint,
});
mount(
	<Options
		connection={connection}
		platform={{
			...createPlatform(browser),
			requestIdle: () => permissions.request({ permissions: ["idle"] }),
		}}
		version={runtime.getManifest().version}
	/>,
);
