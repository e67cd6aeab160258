import { render } from "preact";
import { App } from "./app";
import "./style/page.css";
import "./style/parts.css";
import "./style/views.css";

render(<App />, document.getElementById("app")!);
