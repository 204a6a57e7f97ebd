// npm run build: builds the extension into dist/, from where Chrome loads it unpacked.
import { bundle } from "./build/bundle.ts";
import { readArguments } from "./command-line.ts";
import { fromRoot } from "./paths.ts";

const { values } = readArguments("npm run build [-- --source-maps]", {
	options: { "source-maps": { type: "boolean" } },
});
await bundle({ sourceMaps: values["source-maps"] ?? false });
console.log(`Built ${fromRoot("dist")}

To load it: open chrome://extensions, switch on "Developer mode", click "Load unpacked" and choose that folder.`);
