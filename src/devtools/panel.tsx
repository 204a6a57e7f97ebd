// The panel's entry: connect, follow the theme, then show.
import browser from "webextension-polyfill";
import { createLibrary } from "../store/library.ts";
import { connect } from "../ui/connect.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { mount } from "../ui/mount.tsx";
import { ProfileList } from "../ui/ProfileList.tsx";
import { createPlatform } from "../ui/platform.ts";
import { followTheme } from "./theme.ts";

const { runtime, storage } = browser;
const library = createLibrary();
const connection = connect({
	runtime,
	storage: storage.local,
	library,
	page: document,
});
followTheme(browser.devtools?.panels);
mount(
	<Inspector
		connection={connection}
		platform={createPlatform(browser)}
		surface="panel"
		Sidebar={ProfileList}
	/>,
);
