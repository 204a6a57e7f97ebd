// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { Facts } from "../../../src/ui/inspector/Facts.tsx";
import { render, screen, userEvent } from "../../helpers/render.tsx";
import { createVersion, NOW } from "../../helpers/render-view.tsx";

const factNamed = (name: string) =>
	screen.getByText(name).nextElementSibling?.textContent;

test("the facts of a version are its type, label, hash, size and times", async () => {
	const onCopyHash = vi.fn();
	const version = createVersion(2, { label: "spring-sale" });
	render(<Facts version={version} checkedAt={NOW} onCopyHash={onCopyHash} />);
	expect(factNamed("Content type")).toBe("application/json");
	expect(factNamed("Version label")).toBe("spring-sale");
	expect(factNamed("SHA-256")).toBe("22222222");
	expect(factNamed("Size")).toBe("1.2 kB");
	expect(factNamed("Received")).not.toBe("–");
	expect(factNamed("Last checked")).toContain("ago");
	await userEvent.click(
		screen.getByRole("button", { name: "SHA-256 22222222, copy all of it" }),
	);
	expect(onCopyHash).toHaveBeenCalledWith(version.hash);
});

test("a fact that is not known is a dash", () => {
	render(
		<Facts
			version={undefined}
			checkedAt={undefined}
			onCopyHash={() => undefined}
		/>,
	);
	for (const name of ["Content type", "SHA-256", "Size", "Last checked"])
		expect(factNamed(name)).toBe("–");
});

test("invisible characters of a label are shown", () => {
	const version = createVersion(1, { label: "a\u202eb" });
	render(
		<Facts version={version} checkedAt={NOW} onCopyHash={() => undefined} />,
	);
	expect(factNamed("Version label")).toContain("202E");
});
