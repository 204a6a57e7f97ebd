// The page's entry: connect, then show what the address names; another address is another page.
import { browser } from "../ui/browser/browser.ts";
import { createPlatform } from "../ui/browser/platform.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { connectPage } from "../ui/line/connect-page.ts";
import { mount } from "../ui/mount.tsx";
import { createRoute } from "./route.ts";

const connection = connectPage(browser, "page");
const platform = { ...createPlatform(browser), openTab: undefined };
let visits = 0;
const show = (hash: string) => {
	visits += 1;
	const route = createRoute(window, hash);
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
addEventListener("hashchange", ({ newURL }) => show(new URL(newURL).hash));
show(location.hash);
