// Any open web page can send requests to loopback: two pages of other origins try everything they can.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { addProfile, configuration, expect, test } from "./test.ts";

interface Foreign {
	/** Another site than the emulator, and another origin of the same site. */
	readonly urls: readonly [string, string];
	close(): void;
}

async function servePage(): Promise<Foreign> {
	const server = createServer((_, response) => {
		response.writeHead(200, { "content-type": "text/html" });
		response.end("<!doctype html><title>A page of others</title>");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		urls: [`http://localhost:${port}/`, `http://127.0.0.1:${port}/`],
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

async function get(url: string): Promise<unknown> {
	return (await fetch(url)).json();
}

async function firstId(url: string): Promise<string> {
	const { Items } = (await get(url)) as { Items: { Id: string }[] };
	return Items[0]?.Id ?? "";
}

/** Runs in the page. Resolves when every request has been answered or refused. */
async function attack({
	emulator,
	paths,
	bodies,
}: {
	emulator: string;
	paths: string[];
	bodies: string[];
}): Promise<string[]> {
	const read: string[] = [];
	const settle = async (url: string, init: RequestInit): Promise<void> => {
		try {
			const response = await fetch(url, init);
			if (response.type !== "opaque") read.push(await response.text());
		} catch {
			// The browser refused to send it, or to show its reply.
		}
	};
	for (const path of paths)
		for (const text of bodies) {
			const url = emulator + path;
			const post = { method: "POST", mode: "no-cors" } as const;
			await settle(url, { ...post, body: text });
			await settle(url, { ...post, body: new Blob([text]) });
			await settle(url, { ...post, body: new TextEncoder().encode(text) });
			await settle(url, { ...post, body: new URLSearchParams({ [text]: "" }) });
			await settle(url, { ...post, body: text, credentials: "include" });
			await settle(url, { ...post, body: text, referrerPolicy: "no-referrer" });
			navigator.sendBeacon(url, text);
			navigator.sendBeacon(url, new Blob([text]));
			for (const method of ["POST", "PUT", "PATCH", "DELETE"])
				await settle(url, {
					method,
					headers: { "content-type": "application/json" },
					body: text,
				});
			await settle(url, {});
			await settle(url, { mode: "no-cors" });
			const frame = document.createElement("iframe");
			frame.name = "target";
			document.body.append(frame);
			const form = document.createElement("form");
			Object.assign(form, { action: url, method: "post", target: "target" });
			form.enctype = "text/plain";
			const field = document.createElement("input");
			Object.assign(field, { name: text.slice(0, -1), value: "}" });
			form.append(field);
			document.body.append(form);
			const loaded = new Promise((resolve) => {
				frame.onload = resolve;
			});
			form.submit();
			await loaded;
			frame.remove();
			form.remove();
			// Sandboxed, a page has the origin "null".
			const sandboxed = document.createElement("iframe");
			sandboxed.setAttribute("sandbox", "allow-scripts allow-forms");
			const done = new Promise((resolve) =>
				window.addEventListener("message", resolve, { once: true }),
			);
			sandboxed.srcdoc = `<script>fetch(${JSON.stringify(url)}, { method: "POST", mode: "no-cors", body: ${JSON.stringify(text)} }).catch(() => {}).then(() => parent.postMessage("done", "*"))</script>`;
			document.body.append(sandboxed);
			await done;
			sandboxed.remove();
		}
	return read;
}

test("a page of another origin can neither write to nor read from the emulator, while the extension can", async ({
	emulator,
	extension,
}) => {
	await addProfile(
		{ emulator, extension },
		"settings.json",
		'{"sale":"spring"}',
	);
	const before = await extension.openPopup();
	await expect(configuration(before)).toContainText("spring");
	await before.close();
	const application = `/applications/${await firstId(`${emulator.url}/applications`)}`;
	const environment = `${application}/environments/${await firstId(`${emulator.url + application}/environments`)}`;
	const profileId = await firstId(
		`${emulator.url + application}/configurationprofiles`,
	);
	const versions = `${application}/configurationprofiles/${profileId}/hostedconfigurationversions`;
	const state = async (): Promise<unknown> =>
		Promise.all(
			[
				"/applications",
				"/deploymentstrategies",
				`${application}/environments`,
				`${application}/configurationprofiles`,
				versions,
				`${environment}/deployments`,
				"/_emulator/faults",
			].map((path) => get(emulator.url + path)),
		);
	const untouched = await state();
	const foreign = await servePage();
	try {
		for (const url of foreign.urls) {
			const page = await extension.context.newPage();
			await page.goto(url);
			const read = await page.evaluate(attack, {
				emulator: emulator.url,
				paths: [
					"/applications",
					versions,
					`${environment}/deployments`,
					"/configurationsessions",
					"/_emulator/clock",
					"/_emulator/faults",
				],
				bodies: [
					'{"Name":"evil"}',
					'{"advanceSeconds":3600}',
					'{"fault":"error"}',
					`{"DeploymentStrategyId":"AppConfig.AllAtOnce","ConfigurationProfileId":"${profileId}","ConfigurationVersion":"1"}`,
				],
			});
			expect(read).toEqual([]);
			await page.close();
		}
	} finally {
		foreign.close();
	}
	expect(await state()).toEqual(untouched);
	const { now } = (await get(`${emulator.url}/_emulator/clock`)) as {
		now: number;
	};
	// The clock of the emulator is the machine's as long as nobody moves it; a page would have moved it by hours.
	expect(Math.abs(now - Date.now())).toBeLessThan(30 * 60_000);
	await emulator.deploy("shop/test/settings.json", '{"sale":"winter"}');
	const after = await extension.openPopup();
	await expect(configuration(after)).toContainText("winter");
});
