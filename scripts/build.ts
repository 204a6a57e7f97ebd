// npm run build: the extension in dist/, to be loaded unpacked.
import { bundle } from "./bundle.ts";
import { fromRoot } from "./paths.ts";

await bundle();
console.log(`Built ${fromRoot("dist")}

To load it: open chrome://extensions, switch on "Developer mode", click "Load unpacked" and choose that folder.`);
