// @vitest-environment happy-dom
import { useState } from "preact/hooks";
import { expect, test } from "vitest";
import type { EnvironmentChoice } from "../../src/core/shared/environment.ts";
import { EnvironmentSettings } from "../../src/options/EnvironmentSettings.tsx";
import { fireEvent, render, screen } from "../helpers/render.tsx";

function Settings() {
	const [choices, setChoices] = useState<readonly EnvironmentChoice[]>();
	return (
		<EnvironmentSettings
			names={["prod", "blue"]}
			choices={choices}
			onChange={setChoices}
		/>
	);
}

const change = (name: string, value: string) =>
	fireEvent.change(screen.getByLabelText(name), { target: { value } });
const previewsOf = (title: string) =>
	screen.getAllByTitle(title).map((label) => label.dataset.environment);

test("each environment starts with the colour that its name suggests", () => {
	render(<Settings />);
	expect(previewsOf("prod")).toEqual(["production", "production"]);
	expect(previewsOf("blue")).toEqual(["other", "other"]);
});

test("a chosen colour and a chosen label are shown at once, and both stay when the other changes", () => {
	render(<Settings />);
	change("Colour of blue", "production");
	expect(previewsOf("blue")).toEqual(["production", "production"]);
	change("Label of blue", " Live shop ");
	expect(previewsOf("Live shop (blue)")).toEqual(["production", "production"]);
	change("Colour of blue", "staging");
	expect(previewsOf("Live shop (blue)")).toEqual(["staging", "staging"]);
	change("Label of blue", "");
	expect(previewsOf("blue")).toEqual(["staging", "staging"]);
});

test("without profiles it says where environments come from", () => {
	render(
		<EnvironmentSettings
			names={[]}
			choices={undefined}
			onChange={() => undefined}
		/>,
	);
	expect(
		screen.getByText(
			"The environments of your profiles are listed here once there is a profile.",
		),
	).toBeTruthy();
});
