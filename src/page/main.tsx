// The page's entry: connect, then show what the address names; another address is another page.
import { createBodyReader } from "../store/body-reader.ts";
import { browser } from "../ui/browser.ts";
import { connect } from "../ui/connect.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { afterPaint } from "../ui/memory.ts";
import { mount } from "../ui/mount.tsx";
import { createPlatform } from "../ui/platform.ts";
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
