// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { Facts } from "../../../src/ui/inspector/Facts.tsx";
import { render, screen, userEvent } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
} from "../../helpers/render-view.tsx";

const factNamed = (name: string) =>
	screen.getByText(name).nextElementSibling?.textContent;

test("the facts of a version are its type, label, hash, size and times", async () => {
	const onCopyHash = vi.fn();
	const version = createVersion(2, { label: "spring-sale" });
	render(
		<Facts
			profile={createProfileSnapshot({ versions: [version] })}
			version={version}
			onCopyHash={onCopyHash}
		/>,
	);
	expect(factNamed("Status")).toBe("live");
	expect(factNamed("Version")).toBe("v2");
	expect(factNamed("Content type")).toBe("application/json");
	expect(factNamed("Version label")).toBe("spring-sale");
	expect(factNamed("SHA-256")).toBe("22222222");
	expect(factNamed("Size")).toBe("1.2 kB");
	expect(factNamed("Received")).toContain("received ");
	expect(factNamed("Last checked")).toContain("ago");
	await userEvent.click(
		screen.getByRole("button", { name: "SHA-256 22222222, copy all of it" }),
	);
	expect(onCopyHash).toHaveBeenCalledWith(version.hash);
});

test("a fact that is not known is left out", () => {
	render(
		<Facts
			profile={createProfileSnapshot({ versions: [] })}
			version={undefined}
			onCopyHash={() => undefined}
		/>,
	);
	for (const name of ["Content type", "SHA-256", "Size", "Received"])
		expect(screen.queryByText(name)).toBeNull();
	expect(factNamed("Status")).toBe("nothing deployed");
});

test("a version that is not the newest is not called live", () => {
	const profile = createProfileSnapshot();
	render(
		<Facts
			profile={profile}
			version={profile.versions[1]}
			onCopyHash={() => undefined}
		/>,
	);
	expect(factNamed("Status")).toBe("older version");
});

test("invisible characters of a label are shown", () => {
	const version = createVersion(1, { label: "a\u202eb" });
	render(
		<Facts
			profile={createProfileSnapshot()}
			version={version}
			onCopyHash={() => undefined}
		/>,
	);
	expect(factNamed("Version label")).toContain("202E");
});
