// The popup's entry: connect, then show.
import browser from "webextension-polyfill";
import { createLibrary } from "../store/library.ts";
import { connect } from "../ui/connect.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { mount } from "../ui/mount.tsx";
import { createPlatform } from "../ui/platform.ts";

const { runtime, storage } = browser;
const library = createLibrary();
const connection = connect({
	runtime,
	storage: storage.local,
	library,
	page: document,
});
mount(
	<Inspector
		connection={connection}
		platform={createPlatform(browser)}
		surface="popup"
	/>,
);
