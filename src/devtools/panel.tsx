import { connectPage } from "../ui/background-client/background-client.ts";
import { browser } from "../ui/background-client/browser.ts";
import { BackgroundProvider } from "../ui/background-client/context.tsx";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
import { Inspector } from "../ui/inspector/Inspector.tsx";
import { ProfileList } from "../ui/inspector/ProfileList.tsx";
import { followTheme } from "./theme.ts";

const client = connectPage(browser, "panel");
followTheme(browser.devtools?.panels, window);
mount(
	<BackgroundProvider client={client} platform={createPlatform(browser)}>
		<Inspector surface="panel" Sidebar={ProfileList} />
	</BackgroundProvider>,
);
