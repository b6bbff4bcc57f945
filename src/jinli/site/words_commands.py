"""What the command line says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "site.command.refused": ("没有办成：{why}", "Not done: {why}"),
    # the command run
    "site.run.database": ("数据库……", "Database ..."),
    "site.run.pack": ("镇数据包……", "Pack of the town ..."),
    "site.run.prepared": ("数据就绪，用时 {seconds} 秒", "Data ready in {seconds} s"),
    "site.run.open": ("打开 {address}（Ctrl-C 结束）", "Open {address} (Ctrl-C ends it)"),
    "site.run.ending": ("正在结束……", "Ending ..."),
    "site.run.already": (
        "{home} 里的数据已有一个 run 命令在用。先结束它，或用 JINLI_HOME 另指一个文件夹。",
        "A run command already works on the data in {home}. End it, or name another folder by JINLI_HOME.",
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
    "site.run.work_ended": (
        "处理导入文件的进程停了，5 秒后重新启动；没导完的接着导。",
        "The process that works on dropped files ended; it starts again in 5 seconds and goes on where it stood.",
    ),
    "site.run.demo_ended": (
        "演示历史没有装完；下次启动接着装。其余照常。",
        "The demonstration history is not complete; the next start goes on with it. All else runs.",
    ),
    # the command tick
    "site.tick.done": ("到期的都处理了：{count}", "All that fell due is applied: {count}"),
    "site.tick.failed": ("这一轮没有办成，稍后再试：{why}", "This round failed and is tried again: {why}"),
    # the command work
    "site.work.done": ("放进来的文件都处理了：{count}", "All dropped files are done: {count}"),
    "site.work.failed": ("这一次没有办成，稍后再试：{why}", "This did not work and is tried again: {why}"),
    # the command import
    "site.import.no_file": ("读不了 {file}：{why}", "{file} cannot be read: {why}"),
    "site.import.no_source": (
        "没有代码是 {value} 的来源系统；已有：{known}",
        "No system has the code {value}; known are: {known}",
    ),
    "site.import.no_person": ("没有登录名是 {value} 的人", "Nobody signs in as {value}"),
    "site.import.not_mapped": (
        "这种表格还没有对应过各列。打开 {address} 对一次，以后就认得。",
        "The columns of a table like this were never mapped. Open {address} and do it once.",
    ),
    "site.import.state": ("{state}：{counts}", "{state}: {counts}"),
    "site.import.count": ("{outcome} {count}", "{outcome} {count}"),
    "site.import.look": ("页面：{address}", "Page: {address}"),
    "site.import.ask": ("导入？(y/N) ", "Take them? (y/N) "),
    "site.import.not_asked": ("没有终端可问，没有导入；加 --yes。", "Nobody to ask, so nothing was taken; add --yes."),
    # the command doctor
    "site.doctor.ok": ("好", "ok"),
    "site.doctor.attention": ("留意", "attention"),
    "site.doctor.wrong": ("不对", "wrong"),
    "site.doctor.python": ("Python {version}；要 3.11 以上", "Python {version}; 3.11 or newer is needed"),
    "site.doctor.database": ("数据库 {name} 连得上", "The database {name} answers"),
    "site.doctor.database_gone": ("数据库连不上：{why}", "The database does not answer: {why}"),
    "site.doctor.durable": (
        "每次提交都落盘后才算数（{setting}）",
        "A commit counts only once it is on the disk ({setting})",
    ),
    "site.doctor.not_durable": (
        "断电会丢掉已确认的提交（{setting}）",
        "A power cut loses commits already acknowledged ({setting})",
    ),
    "site.doctor.locale": (
        "PostgreSQL 的 LC_CTYPE 是 {setting}；要 C.UTF-8 才找得到中文",
        "LC_CTYPE of PostgreSQL is {setting}; Chinese is found only under C.UTF-8",
    ),
    "site.doctor.migrated": ("数据表是最新的", "The tables are up to date"),
    "site.doctor.not_migrated": (
        "数据表不是最新的，差 {count} 步：run 命令会补上",
        "The tables are {count} steps behind: the command run brings them up to date",
    ),
    "site.doctor.pack": ("已装镇数据包：{packs}", "Packs loaded: {packs}"),
    "site.doctor.no_pack": (
        "还没有装镇数据包：用 pack load 命令装",
        "No pack is loaded: the command pack load does it",
    ),
    "site.doctor.calendar": ("{year} 年放假安排已公布并装入", "The holidays of {year} are published and loaded"),
    "site.doctor.no_calendar": (
        "{year} 年放假安排还没有装入；跨入该年的时限都标暂定",
        "The holidays of {year} are not loaded; limits that run into it are marked provisional",
    ),
    "site.doctor.hours": ("办公时间已设", "Office hours are set"),
    "site.doctor.no_hours": (
        "没有设办公时间；工作时的时限算不了",
        "No office hours are set; limits in working hours cannot be counted",
    ),
    "site.doctor.home": ("数据文件夹 {home} 只有本人可进", "Only the owner may enter the data folder {home}"),
    "site.doctor.home_open": (
        "别人也能进数据文件夹 {home}：chmod 700 {home}",
        "Others may enter the data folder {home}: chmod 700 {home}",
    ),
    "site.doctor.secret_open": (
        "别人也能读 {file}：chmod 600 {file}",
        "Others may read {file}: chmod 600 {file}",
    ),
    "site.doctor.tick": ("时限上次查看：{at}", "Clocks were last looked at: {at}"),
    "site.doctor.no_tick": (
        "还没有看过时限；run 命令会一直看着",
        "Clocks have not been looked at; the command run keeps looking",
    ),
    "site.doctor.imports": ("没有导入在空等", "No import waits in vain"),
    "site.doctor.imports_wait": (
        "有 {count} 次导入等了 5 分钟以上没有人处理；run 命令会一直处理，或者单独开 work --loop",
        "{count} imports have waited for more than 5 minutes; the command run works on them, or work --loop by itself",
    ),
    "site.doctor.seal": ("上次封存：{at}", "Last seal: {at}"),
    "site.doctor.no_seal": ("还没有封存过", "Nothing is sealed yet"),
    "site.doctor.disk": ("磁盘剩余 {free} GB", "{free} GB of disk are free"),
    # the commands backup and restore
    "site.backup.done": (
        "已备份：{file}，{count} 个文件，{size} MB。抹除登记 erasures.jsonl 另存一处，恢复时要用。",
        "Backed up: {file}, {count} files, {size} MB. Keep erasures.jsonl in another place too; a restore needs it.",
    ),
    "site.backup.exists": ("{file} 已存在，不覆盖", "{file} exists and is not overwritten"),
    "site.backup.tool_failed": ("{tool} 没有办成：{why}", "{tool} failed: {why}"),
    "site.restore.damaged": (
        "备份 {file} 已损坏，现有数据没有动：{why}",
        "The archive {file} is damaged; the present data were not touched: {why}",
    ),
    "site.restore.not_an_archive": ("不是本系统的备份", "it is no archive of this system"),
    "site.restore.missing": ("缺 {name}", "{name} is missing"),
    "site.restore.changed": ("{name} 与清单不符", "{name} does not match the manifest"),
    "site.restore.unlisted": ("{name} 不在清单里", "{name} is not in the manifest"),
    "site.restore.other_engine": (
        "备份来自 {theirs}，这里用的是 {ours}。请用同一种数据库恢复。",
        "The archive is of {theirs}, this installation uses {ours}. Restore into the same kind of database.",
    ),
    "site.restore.not_empty": (
        "{home} 里已有数据。确定要用备份替换，就加 --replace；旧数据会先改名留存。",
        "There are data in {home} already. Add --replace to put the archive in their place; the old ones stay aside.",
    ),
    "site.restore.done": (
        "已恢复到 {at} 的状态。通知已全部挂起，确认后再发；抹除登记已重新执行 {erased} 条。",
        "Restored to the state of {at}. All notices are on hold until released; {erased} erasures were applied again.",
    ),
}
