// The page that `npm start` opens first. It is served over http because Chrome shows no extension panels in DevTools of its own pages.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Welcome {
	readonly url: string;
	stop(): void;
}

export interface WelcomeOptions {
	/** The command that the user types. */
	readonly file: string;
	readonly emulator: string;
	/** The folder to load, for a browser in which the user has to load the extension. */
	readonly loadByHand?: string;
}

export function serveWelcome(options: WelcomeOptions): Promise<Welcome> {
	const body = page(options);
	const server = createServer((request, response) => {
		const found = request.url === "/";
		response.writeHead(found ? 200 : 404, {
			"content-type": "text/html; charset=utf-8",
			"cache-control": "no-store",
		});
		response.end(found ? body : "");
	});
	return new Promise((resolve, reject) => {
		server.on("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address() as AddressInfo;
			resolve({
				url: `http://127.0.0.1:${port}/`,
				stop: () => {
					server.close();
					server.closeAllConnections();
				},
			});
		});
	});
}

function page({ file, emulator, loadByHand }: WelcomeOptions): string {
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>AppConfig Inspector</title>
<style>${STYLE}</style>
<main>
<h1>A configuration, live in your browser</h1>
<ol>
${loadByHand === undefined ? "" : loadSteps(loadByHand)}
<li><b>Open the popup.</b> Click the AppConfig icon in the toolbar (behind the puzzle piece, until you pin it) or press <kbd>Alt</kbd> <kbd>Shift</kbd> <kbd>A</kbd>.</li>
<li><b>Open the panel.</b> Press <kbd>F12</kbd> on this page and choose the tab <b>AppConfig</b>, perhaps behind <b>»</b>.</li>
<li><b>See version 2 arrive.</b> Edit and save <code>${toText(file)}</code>. A few seconds later both show it, and you can copy it byte for byte.</li>
</ol>
<p>The emulator serves <code>examples/</code> at <code>${toText(emulator)}</code>. Ctrl-C in the terminal ends everything.</p>
</main>
</html>
`;
}

function loadSteps(folder: string): string {
	return `<li><b>Load the extension.</b> This Chrome takes it by hand only: open <code>chrome://extensions</code>, switch on <b>Developer mode</b>, click <b>Load unpacked</b> and choose <code>${toText(folder)}</code>.</li>`;
}

function toText(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;");
}

const STYLE = `
html { font: 17px/1.6 system-ui, sans-serif; color: light-dark(#1c2733, #e3e8ee); background: light-dark(#f6f8fa, #14181d) }
body { margin: 0; min-height: 100vh; display: grid; place-items: center }
main { max-width: 44rem; padding: 3rem 2rem }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 2rem; letter-spacing: -.02em }
ol { list-style: none; margin: 0; padding: 0; counter-reset: step }
li { counter-increment: step; position: relative; padding: 1rem 1.25rem 1rem 4rem; margin: 0 0 .75rem; border-radius: .75rem; background: light-dark(#fff, #1d232a); box-shadow: 0 1px 3px #0002 }
li::before { content: counter(step); position: absolute; left: 1.25rem; top: 1rem; width: 1.7rem; height: 1.7rem; border-radius: 50%; background: #173b63; color: #fff; text-align: center; font-weight: 600 }
p { margin: 2rem 0 0; color: light-dark(#566573, #9aa7b4) }
code, kbd { font: .88em ui-monospace, monospace; background: light-dark(#eaeef2, #2a323b); padding: .1em .4em; border-radius: .3em; overflow-wrap: anywhere }
`;
