// The options page's entry: connect, then show.
import browser from "webextension-polyfill";
import { createLibrary } from "../store/library.ts";
import { connect } from "../ui/connect.ts";
import { mount } from "../ui/mount.tsx";
import { createPlatform } from "../ui/platform.ts";
import { Options } from "./Options.tsx";

const { runtime, storage } = browser;
const library = createLibrary();
const connection = connect({
	runtime,
	storage: storage.local,
	library,
	page: document,
});
mount(<Options connection={connection} platform={createPlatform(browser)} />);
