import { connectPage } from "../ui/background-client/background-client.ts";
import { browser } from "../ui/background-client/browser.ts";
import { BackgroundProvider } from "../ui/background-client/context.tsx";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
import { HistoryPane } from "../ui/inspector/HistoryPane.tsx";
import { Inspector } from "../ui/inspector/Inspector.tsx";
import { PanesProvider } from "../ui/inspector/PanesProvider.tsx";
import { SidePane } from "../ui/inspector/SidePane.tsx";
import { followTheme } from "./theme.ts";

const client = connectPage(browser, "panel");
followTheme(browser.devtools?.panels, window);
mount(
	<BackgroundProvider client={client} platform={createPlatform(browser)}>
		<PanesProvider surface="panel">
			<Inspector surface="panel" Sidebar={SidePane} HistoryPane={HistoryPane} />
		</PanesProvider>
	</BackgroundProvider>,
);
