// The page's entry: connect, then show what the address names; another address is another page.
import { createBodyReader } from "../store/body-reader.ts";
import { browser } from "../ui/browser/browser.ts";
import { createPlatform } from "../ui/browser/platform.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { connect } from "../ui/line/connect.ts";
import { afterPaint } from "../ui/line/memory.ts";
import { mount } from "../ui/mount.tsx";
import { createRoute } from "./route.ts";

const { runtime, storage } = browser;
const connection = connect({
	runtime,
	storage: storage.local,
	bodies: createBodyReader(),
	page: document,
	memory: localStorage,
	afterPaint,
});
const platform = { ...createPlatform(browser), openTab: undefined };
let visits = 0;
const show = () => {
	visits += 1;
	const route = createRoute(window);
	mount(
		<Inspector
			key={visits}
			connection={connection}
			platform={platform}
			surface="page"
			route={route}
		/>,
	);
};
addEventListener("hashchange", show);
show();
