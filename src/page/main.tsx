import { connectPage } from "../ui/background-client/background-client.ts";
import { browser } from "../ui/background-client/browser.ts";
import { BackgroundProvider } from "../ui/background-client/context.tsx";
import { createPlatform } from "../ui/background-client/platform.ts";
import { mount } from "../ui/components/mount.tsx";
import { HistoryPane } from "../ui/inspector/HistoryPane.tsx";
import { Inspector } from "../ui/inspector/Inspector.tsx";
import { PanesProvider } from "../ui/inspector/PanesProvider.tsx";
import { SidePane } from "../ui/inspector/SidePane.tsx";
import { createRoute } from "./route.ts";

const client = connectPage(browser, "page");
const platform = { ...createPlatform(browser), openTab: undefined };
/** Another address is another page: the key makes the Inspector start anew. */
let visits = 0;
const show = (hash: string) => {
	visits += 1;
	const route = createRoute(window, hash);
	mount(
		<BackgroundProvider client={client} platform={platform}>
			<PanesProvider surface="page">
				<Inspector
					key={visits}
					surface="page"
					route={route}
					Sidebar={SidePane}
					HistoryPane={HistoryPane}
				/>
			</PanesProvider>
		</BackgroundProvider>,
	);
};
addEventListener("hashchange", ({ newURL }) => show(new URL(newURL).hash));
show(location.hash);
