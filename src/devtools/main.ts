import { browser } from "../ui/background-client/browser.ts";
import { saveTheme } from "./theme.ts";

const { panels } = browser.devtools;
saveTheme(panels, localStorage);
void panels.create(
	"AppConfig",
	"/src/icons/icon-32.png",
	"/src/devtools/panel.html",
);
