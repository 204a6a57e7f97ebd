// The panel's entry: connect, follow the theme, then show.
import { browser } from "../ui/browser/browser.ts";
import { createPlatform } from "../ui/browser/platform.ts";
import { Inspector } from "../ui/Inspector.tsx";
import { connectPage } from "../ui/line/connect-page.ts";
import { mount } from "../ui/mount.tsx";
import { ProfileList } from "../ui/ProfileList.tsx";
import { followTheme } from "./theme.ts";

const connection = connectPage(browser, "panel");
followTheme(browser.devtools?.panels, window);
mount(
	<Inspector
		connection={connection}
		platform={createPlatform(browser)}
		surface="panel"
		Sidebar={ProfileList}
	/>,
);
