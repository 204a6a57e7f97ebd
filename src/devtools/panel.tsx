// The panel's entry: connect, follow the theme, then show.
import { createBodyReader } from "../store/body-reader.ts";
import { browser } from "../ui/browser/browser.ts";
import { createPlatform } from "../ui/browser/platform.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { connect } from "../ui/line/connect.ts";
import { afterPaint } from "../ui/line/memory.ts";
import { mount } from "../ui/mount.tsx";
import { ProfileList } from "../ui/ProfileList.tsx";
import { followTheme } from "./theme.ts";

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
followTheme(browser.devtools?.panels, window);
mount(
	<Inspector
		connection={connection}
		platform={createPlatform(browser)}
		surface="panel"
		Sidebar={ProfileList}
	/>,
);
