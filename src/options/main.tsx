// The options page's entry: connect, then show.
import { browser } from "../ui/background-client/browser.ts";
import { connectPage } from "../ui/background-client/connect-page.ts";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
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
