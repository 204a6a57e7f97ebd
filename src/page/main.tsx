// The page's entry: connect, then show what the address names; another address is another page.
import { browser } from "../ui/background-client/browser.ts";
import { connectPage } from "../ui/background-client/connect-page.ts";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
import { Inspector } from "../ui/inspector/Inspector.tsx";
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
