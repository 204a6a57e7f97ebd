// The panel's entry: connect, follow the theme, then show.
import { createBodyReader } from "../store/body-reader.ts";
import { browser } from "../ui/browser.ts";
import { connect } from "../ui/connect.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { afterPaint } from "../ui/memory.ts";
import { mount } from "../ui/mount.tsx";
import { ProfileList } from "../ui/ProfileList.tsx";
import { createPlatform } from "../ui/platform.ts";
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
