// The options page's entry: connect, then show.
import { browser } from "../ui/browser/browser.ts";
import { createPlatform } from "../ui/browser/platform.ts";
import { connectPage } from "../ui/line/connect-page.ts";
import { mount } from "../ui/mount.tsx";
import { Options } from "./Options.tsx";

const { permissions, runtime } = browser;
const connection = connectPage(browser, "options");
mount(
	<Options
		connection={connection}
		platform={{
			...createPlatform(browser),
			requestIdle: () => permissions.request({ permissions: ["idle"] }),
		}}
		version={runtime.getManifest().version}
	/>,
);
