// The devtools page: adds the panel to DevTools, nothing else.
import { browser } from "../ui/browser.ts";

void browser.devtools.panels.create(
	"AppConfig",
	"/src/icons/icon-32.png",
	"/src/devtools/panel.html",
);
