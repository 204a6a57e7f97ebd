// The popup's entry: connect, then show.
import { createBodyReader } from "../store/body-reader.ts";
import { browser } from "../ui/browser.ts";
import { connect } from "../ui/connect.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { afterPaint } from "../ui/memory.ts";
import { mount } from "../ui/mount.tsx";
import { createPlatform } from "../ui/platform.ts";

const { runtime, storage } = browser;
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
	<Inspector
		connection={connection}
		platform={createPlatform(browser)}
		surface="popup"
	/>,
);
