"""What the command line says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "site.command.refused": ("没有办成：{why}", "Not done: {why}"),
    # jinli run
    "site.run.database": ("数据库……", "Database ..."),
    "site.run.pack": ("镇数据包……", "Pack of the town ..."),
    "site.run.prepared": ("数据就绪，用时 {seconds} 秒", "Data ready in {seconds} s"),
    "site.run.open": ("打开 {address}（Ctrl-C 结束）", "Open {address} (Ctrl-C ends it)"),
    "site.run.ending": ("正在结束……", "Ending ..."),
    "site.run.already": (
        "{home} 里的数据已有一个 jinli run 在用。先结束它，或用 JINLI_HOME 另指一个文件夹。",
        "A jinli run already works on the data in {home}. End it, or name another folder by JINLI_HOME.",
    ),
    "site.run.port_taken": (
        "端口 {port} 已被占用。换一个：PORT=8001 make run。",
        "Port {port} is taken. Take another: PORT=8001 make run.",
    ),
    "site.run.pack_refused": (
        "镇数据包 {pack} 有错，上面逐条列出。改好再来。",
        "The pack {pack} has errors, listed above. Mend them and come again.",
    ),
    "site.run.server_ended": (
        "网页进程停了，原因见上。全部结束。",
        "The page server ended; the reason stands above. Everything ends.",
    ),
    "site.run.tick_ended": (
        "看时限的进程停了，5 秒后重新启动。",
        "The process that watches the clocks ended; it starts again in 5 seconds.",
    ),
    "site.run.demo_ended": (
        "演示历史没有装完；下次启动接着装。其余照常。",
        "The demonstration history is not complete; the next start goes on with it. All else runs.",
    ),
    # jinli tick
    "site.tick.done": ("到期的都处理了：{count}", "All that fell due is applied: {count}"),
    "site.tick.clock_went_back": (
        "本机时钟 {now} 早于上次处理的 {before}。先校准时钟；在此之前不判任何时限。",
        "This machine's clock says {now}, before the last run at {before}. Set it right; until then nothing is judged.",
    ),
    "site.tick.failed": ("这一轮没有办成，稍后再试：{why}", "This round failed and is tried again: {why}"),
}
