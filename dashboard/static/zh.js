// Streamlit speaks English only. This script, loaded before it, lets calendars and numbers follow
// Chinese whatever the browser says, tells the server whether the map can use WebGL, and puts
// Chinese words in place of the frontend's own. Matched against Streamlit 1.67.
(() => {
  "use strict";

  // Calendars and "localized" formats ask the browser for its language.
  for (const [name, value] of [["language", "zh-CN"], ["languages", Object.freeze(["zh-CN", "zh"])]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  // Told where the server is, a page opened by its own address need not try and fail first.
  const base = new URL("..", document.currentScript.src).href;
  window.__streamlit = { BACKEND_BASE_URL: base, MAIN_PAGE_BASE_URL: base };

  // Only the browser knows, and the server reads cookies when the page connects.
  const webgl = (() => {
    try {
      return Boolean(document.createElement("canvas").getContext("webgl2"));
    } catch {
      return false;
    }
  })();
  document.cookie = `guatu_webgl=${webgl ? 1 : 0}; path=/; SameSite=Lax`;

  // A page whose connection was closed asks whether the log-in still stands, or leads to a new one.
  const Connection = window.WebSocket;
  window.WebSocket = class extends Connection {
    constructor(...given) {
      super(...given);
      this.addEventListener("close", async () => {
        try {
          const asked = new URL("guatu/standing", base);
          asked.searchParams.set("page", location.pathname);
          const answer = await fetch(asked, { cache: "no-store" });
          if (!answer.ok || (await answer.json()).stands) return;
        } catch {
          return; // the server itself is away
        }
        const here = encodeURIComponent(location.pathname + location.search);
        location.replace(new URL(`login?next=${here}`, base));
      });
    }
  };

  const WORDS = {
    // frame and menus
    "Streamlit": "挂图", "Logo": "标志", "Sidebar Logo": "标志", "Header Logo": "标志",
    "Navigate to home page": "返回首页", "App pages": "页面菜单", "Sidebar": "侧栏",
    "Expand sidebar": "展开菜单", "Collapse sidebar": "收起菜单", "View less": "收起",
    "view more": "展开", "view less": "收起", "Skip to main content": "跳到正文",
    "(opens in new tab)": "（在新窗口打开）", "Notifications": "提示", "Main menu": "主菜单",
    "Theme": "外观", "System": "跟随系统", "Light": "浅色", "Dark": "深色",
    "Use system setting": "跟随系统", "Custom Theme": "本软件外观", "Settings": "设置",
    "Custom Theme Auto": "本软件外观（跟随系统）", "Custom Theme Light": "本软件外观（浅色）",
    "Custom Theme Dark": "本软件外观（深色）", "Rerun": "刷新", "Auto rerun": "自动刷新",
    "Always rerun": "始终刷新", "File change.": "程序文件有改动。", "Clear cache": "清除缓存",
    "Clear caches": "清除缓存", "Print": "打印", "Record a screencast": "录制屏幕",
    "Report a bug": "报告问题", "Get help": "帮助", "About": "关于", "Deploy": "部署",
    "Link to heading": "本节链接", "Copy version to clipboard": "复制版本号",
    "Scroll tabs left": "向左翻", "Scroll tabs right": "向右翻", "Button action menu": "更多操作",
    "Loading...": "正在载入……", "Chat message from": "来自",
    // running, connection, errors
    "Running...": "正在处理……", "Running": "正在处理", "Stop": "停止", "Stopping...": "正在停止……",
    "Connecting": "正在连接", "CONNECTING": "正在连接", "Error": "错误", "Error:": "错误：",
    "Connecting to Streamlit server": "正在连接服务器", "Connection error": "连接中断",
    "Unable to connect to Streamlit server": "无法连接服务器",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "挂图没有响应。如已停止，请在本机重新启动：",
    "streamlit run yourscript.py": "guatu",
    "Streamlit server is not responding. Are you connected to the internet?":
      "挂图没有响应，可能已经停止。请在本机重新启动，或检查本单位网络。",
    "Connection timed out.": "连接超时，请稍后再试。", "Connection closed": "连接已断开",
    "Request timed out": "请求超时", "Request Timeout": "请求超时", "Network issue": "网络不通",
    "Network error": "网络不通", "Bad message format": "收到的数据不完整",
    "Unknown error": "未知错误", "Unknown Error": "未知错误", "No message": "没有说明",
    "Script execution error": "页面出错", "Traceback:": "", "Copy": "复制", "Ask Google": "",
    "Ask ChatGPT": "", "Reconnected to server.": "已重新连接。", "Try again": "重试",
    "Continue anyway": "仍然继续", "Retry": "重试", "Close": "关闭", "Cancel": "取消",
    "Page not found": "没有这个页面", "Download failed": "下载失败",
    // choosing
    "Choose an option": "请选择", "Choose options": "请选择", "Add an option": "请填写",
    "Add options": "请填写", "Choose or add an option": "请选择或填写",
    "Choose or add options": "请选择或填写", "No options to select": "没有可选项",
    "No results": "没有相符的项", "No data": "没有数据", "No content": "没有内容", "Select...": "请选择",
    "Select all": "全选", "Selected values": "已选", "Clear all": "全部清除",
    "Clear value": "清除", "Clear entry": "清除", "Open": "展开", "Clear selection": "取消选择",
    "Show password": "显示口令", "Hide password": "隐藏口令", "Invalid input.": "填写有误。", "Dismiss": "关闭",
    "(required)": "（必填）", "Feedback rating": "评价",
    // numbers, dates, times
    "Increment": "增加", "Decrement": "减少", "Invalid data type": "数据类型不符",
    "Number is below the allowed range.": "小于允许的最小值。",
    "Number is above the allowed range.": "大于允许的最大值。",
    "Choose date": "选择日期", "Choose date range": "选择起止日期",
    "Choose date and time": "选择日期和时间", "Clear date": "清除日期", "Clear dates": "清除日期",
    "Clear date and time": "清除日期和时间", "Clear time": "清除时间", "Time": "时间",
    "Date range": "起止日期", "Quick select a date range": "快速选择起止日期",
    "Past Week": "近一周", "Past Month": "近一个月", "Past 3 Months": "近三个月",
    "Past 6 Months": "近六个月", "Past Year": "近一年", "Past 2 Years": "近两年",
    "Previous month": "上个月", "Next month": "下个月", "Previous": "上一个", "Next": "下一个",
    "Month": "月", "Year": "年",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "用方向键移动，回车选定，Esc 关闭。",
    "Use arrow keys to navigate. Enter to select. Tab to switch between calendar and time. Escape to close.":
      "用方向键移动，回车选定，Tab 在日历和时间之间切换，Esc 关闭。",
    "Pagination": "翻页", "Previous page": "上一页", "Next page": "下一页",
    "yyyy": "年", "mm": "月", "dd": "日",
    // files
    "Upload": "选择文件", "Add files": "继续添加", "file upload": "上传文件", "Upload directories": "选择文件夹",
    "Drag and drop files here": "把文件拖到这里",
    "Drag and drop a file here": "把文件拖到这里", "Only one file is allowed.": "只能选一个文件。",
    "File size is too small.": "文件太小。", "Click to retry upload": "点击重新上传",
    "Error uploading file": "上传失败", "Error deleting file": "删除失败",
    "Unexpected error. Please try again.": "出现意外错误，请重试。", " files are not allowed.": "不接收这类文件。",
    // tables
    "Show/hide columns": "显示或隐藏列", "Download as CSV": "下载为 CSV", "Search": "查找",
    "Type to search": "输入查找内容", "Previous Result": "上一处", "Next Result": "下一处",
    "Close Search": "关闭查找", "Fullscreen": "全屏", "Close fullscreen": "退出全屏",
    "Dataframe column menu": "列菜单", "Copy column name": "复制列名", "Sort ascending": "升序",
    "Sort descending": "降序", "Statistics": "统计", "Format": "格式", "Autosize": "自动列宽",
    "Pin column": "固定列", "Unpin column": "取消固定", "Hide column": "隐藏列",
    "Delete row(s)": "删除行", "Add row": "添加行", "empty": "空", "Rename": "重命名", "Edit": "修改",
    "Cancel (Escape)": "取消（Esc）", "Automatic": "自动", "Localized": "本地写法", "Plain": "原样",
    "Compact": "简写", "Dollar": "美元", "Euro": "欧元", "Yen": "日元", "Percent": "百分比",
    "Scientific": "科学记数", "Accounting": "会计写法", "Bytes": "字节", "Duration": "时长",
    "Distance": "距今", "Calendar": "日历", "Values": "有值", "Empty": "空值", "Distinct": "不同值",
    "Average": "平均", "Standard deviation": "标准差", "Minimum": "最小", "Maximum": "最大",
    "Median": "中位数", "25th percentile": "四分之一位数", "75th percentile": "四分之三位数",
    "Sum": "合计", "Minimum length": "最短", "Maximum length": "最长", "Average length": "平均长度",
    "Range": "范围", "Count": "个数", "Based on sample": "按抽样计算",
    // charts and maps
    "Show chart": "显示图", "Show data": "显示数据", "Download as PNG": "下载为图片",
    "Zoom In": "放大", "Zoom Out": "缩小", "Zoom in": "放大", "Zoom out": "缩小", "Reset": "复原",
    "Find My Location": "定位", "Toggle fullscreen": "全屏", "Copy Vega-Lite spec": "复制图的定义", "Vega visualization": "图",
    "visualization": "图", "axis": "坐标轴", "legend": "图例", "title": "标题", "bar": "条形", "point": "点",
    "circle": "点", "square": "方块", "rule": "线", 
    "datetime": "日期时间", "geoshape": "区域",
    "Copy to clipboard": "复制", "Copied": "已复制",
  };

  const PARTS = { year: "年", month: "月", day: "日", hour: "时", minute: "分", second: "秒" };

  const inFull = (english) => {
    const date = new Date(english);
    return Number.isNaN(date.valueOf()) ? "" : date.toLocaleDateString("zh-CN", { dateStyle: "long" });
  };

  const PATTERNS = [
    [/^View (\d+) more$/, "还有$1项"],
    [/^Page (\d+)$/, "第$1页"],
    [/^Add: (.*)$/, "添加：$1"],
    [/^Remove (.*)$/, "移除$1"],
    [/^Select (\d+) matches$/, "选中相符的$1项"],
    [/^Press Enter to apply$/, "按回车生效"],
    [/^Press Enter to submit form$/, "按回车提交"],
    [/^Press (?:Ctrl|⌘)\+Enter to (?:apply|submit form)$/, "按 Ctrl+回车提交"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "最多选$1项，请先去掉一项。"],
    [/^([\d.]+)\s?([KMGT]?B) per file$/, "每个文件不超过$1$2"],
    [/^([\d.]+)\s?([KMGT]?B) per file • (.*)$/, "每个文件不超过$1$2，$3"],
    [/^Limit ([\d.]+\s?[KMGT]?B) per file.*$/, "每个文件不超过$1"],
    [/^(?:\S+ )?files are not allowed\.$/, "不接收这类文件。"],
    [/^File must be ([\d.]+\s?[KMGT]?B) or smaller\.$/, "文件不得超过$1。"],
    [/^File is too large\..*$/, "文件太大。"],
    [/^Drag and drop .* here$/, "把文件拖到这里"],
    [/^Help for (.*)$/, "$1的说明"],
    [/^(Show data|Show chart|Download as PNG|Copy Vega-Lite spec|Fullscreen|Close fullscreen): (.*)$/,
      (_, act, what) => `${WORDS[act]}：${what}`],
    [/^(.*) start date$/, "$1起始日期"],
    [/^(.*) end date$/, "$1截止日期"],
    [/^Choose date(?: range)?, (.*)$/, "选择日期，$1"],
    [/^(year|month|day|hour|minute|second), (.*)$/, (_, part, label) => `${label}：${PARTS[part]}`],
    [/^Selected Date: (.*)$/, (_, date) => `已选${inFull(date)}`],
    [/^Selected Range: (.*) to (.*)$/, (_, from, to) => `已选${inFull(from)}至${inFull(to)}`],
    [/^(\d+) options? available\.$/, "有$1项可选。"],
    [/^[a-z_]+ icon$/, ""],
    [/^[a-z]+(?:[- ][a-z]+)* mark container$/, "图形"],
    [/^(?:[XY]-axis|.* legend|Title text) (?:titled )?'(.*?)'.*$/, "$1"],
    [/^(?:[XY]-axis|.* legend) for .*$/, "刻度"],
    // The word "Error" before it is a text of its own.
    [/^: Date(?: and time)? set outside allowed range\. .* on or before (.*)\.$/, "：不能晚于$1。"],
    [/^: Date(?: and time)? set outside allowed range\. .* on or after (.*)\.$/, "：不能早于$1。"],
    [/^: Date(?: and time)? set outside allowed range\. .* between (.*) and (.*)\.$/, "：应在$1至$2之间。"],
    [/^Time is out of range\..*$/, "时间应在 0:00 至 23:59 之间。"],
    [/^Error: time .* is invalid\..*$/, "时间填写有误。"],
    [/^Save \(.*\)$/, "保存"],
    [/^(?:You have requested page|The page that you have requested) .*main page\.$/, "没有这个页面，已为您打开首页。"],
    [/^Connection failed with status (\d+).*$/, "连接失败（$1），请稍后再试。"],
    [/^Cannot connect to Streamlit[\s\S]*$/, "服务器拒绝了连接，请检查访问地址。"],
    [/^Cannot (?:rerun|stop|clear|send|load|request)[\s\S]*$/, "连接已断开，暂时不能操作。"],
    [/^Response received with status (\d+)$/, "服务器答复异常（$1）"],
    [/^Request failed with status (?:code )?413$/, "文件太大，没有上传。"],
    [/^Request failed with status (?:code )?(\d+)$/, "请求失败（$1）"],
    [/^Your app is having trouble loading the component\.?[\s\S]*$/, "这一部分没有载入，请刷新页面。"],
    [/^Shortcut (.*)$/, "快捷键$1"],
    [/^(\d+) minutes? ago$/, "$1分钟前"],
    [/^Made with Streamlit.*$/, ""],
  ];

  /** Chinese for one text of the frontend, or null where it is none of ours. */
  const translate = (text) => {
    const key = text.trim();
    if (!key || key.length > 300 || !/[A-Za-z]{2}/.test(key)) return null;
    if (Object.hasOwn(WORDS, key)) return text.replace(key, () => WORDS[key]);
    for (const [pattern, chinese] of PATTERNS) {
      if (pattern.test(key)) return key.replace(pattern, chinese);
    }
    return null;
  };

  const ATTRIBUTES = ["placeholder", "aria-label", "aria-roledescription", "title", "alt"];
  // Material icons are words that a font draws as signs; code and typed text are the user's own.
  const OWN = 'code,pre,textarea,script,style,[data-testid="stIconMaterial"],[translate="no"]';

  const onText = (node) => {
    const chinese = translate(node.nodeValue);
    if (chinese === null || chinese === node.nodeValue) return;
    if (node.parentElement && !node.parentElement.closest(OWN)) node.nodeValue = chinese;
  };

  const onAttribute = (element, name) => {
    const chinese = translate(element.getAttribute(name) ?? "");
    if (chinese !== null) element.setAttribute(name, chinese);
  };

  const onTree = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return onText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of ATTRIBUTES) if (node.hasAttribute(name)) onAttribute(node, name);
    node.childNodes.forEach(onTree);
  };

  new MutationObserver((records) => {
    for (const { type, target, attributeName, addedNodes } of records) {
      if (type === "attributes") onAttribute(target, attributeName);
      else if (type === "characterData") onText(target);
      else addedNodes.forEach(onTree);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });

  // What is typed into a draft is sent when typing stops, and not only when the field is left.
  // While an input method composes, nothing is sent: its Enter chooses a word.
  const PAUSE = 1500;
  const DRAFT = '[class*="st-key-draft_"] :is([data-testid="stTextArea"], [data-testid="stTextInput"], [data-testid="stNumberInput"])';
  const waiting = new Map();
  let composing = null;

  const send = (field) => {
    clearTimeout(waiting.get(field));
    if (!waiting.delete(field) || composing === field || !field.isConnected) return;
    const ctrlKey = field.tagName === "TEXTAREA"; // where Enter alone is a new line
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", ctrlKey, bubbles: true, cancelable: true }));
  };

  const typed = ({ target, isComposing }) => {
    if (!target.closest?.(DRAFT)) return;
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(send, PAUSE, target));
    if (isComposing) clearTimeout(waiting.get(target));
  };

  document.addEventListener("input", typed, true);
  document.addEventListener("compositionstart", ({ target }) => {
    composing = target;
    clearTimeout(waiting.get(target));
  }, true);
  document.addEventListener("compositionend", (event) => {
    composing = null;
    typed({ target: event.target, isComposing: false });
  }, true);
  // Leaving a field sends what stands in it; a phone that is put away leaves none.
  document.addEventListener("focusout", ({ target }) => {
    clearTimeout(waiting.get(target));
    waiting.delete(target);
  }, true);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") [...waiting.keys()].forEach(send);
  });

  // Tables are drawn on a canvas, where a missing value is the English word.
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    return fillText.call(this, text === "None" ? "—" : text, ...rest);
  };
})();
