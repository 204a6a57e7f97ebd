import { connectPage } from "../ui/background-client/background-client.ts";
import { browser } from "../ui/background-client/browser.ts";
import { BackgroundProvider } from "../ui/background-client/context.tsx";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
import { StatusProvider } from "../ui/components/status.tsx";
import { Options } from "./Options.tsx";

const { permissions, runtime } = browser;
const platform = {
	...createPlatform(browser),
	requestIdle: () => permissions.request({ permissions: ["idle"] }),
};
mount(
	<BackgroundProvider
		client={connectPage(browser, "options")}
		platform={platform}
	>
		<StatusProvider>
			<Options version={runtime.getManifest().version} />
		</StatusProvider>
	</BackgroundProvider>,
);
