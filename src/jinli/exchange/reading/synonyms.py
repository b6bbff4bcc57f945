"""What other systems call their columns, most telling name first.

Taken from the headings of 12345 hotlines, grid platforms, service counters (办件), project lists, market registration
and subsidy lists, and from the exchange fields of GB/T 39554 and the digital-city standard GB/T 30428. The order
matters: where a file has both 派单时间 and 受理时间, the first one named here is taken and the other is listed.
"""

from __future__ import annotations

FIELDS = (
    "foreign_number", "title", "text", "class_code", "class_name", "body_code", "body_name", "place_code",
    "place_name", "address", "channel", "stage", "opened_at", "due_at", "closed_at", "result", "reporter_name",
    "reporter_phone", "firm_name", "credit_code", "lon", "lat", "point", "link",
)  # fmt: skip
"""What a row of another system can give. Each has words `exchange.field.<code>`."""
_TABLE = """
foreign_number | 工单编号 工单号 工单流水号 受理编号 受理单号 受理号 事件编号 事件单号 案卷号 案卷编号 案件编号
  | 任务号 任务编号 办件编号 办件号 办件流水号 申办流水号 申办编号 申报号 申请编号 业务编号 业务流水号 业务号
  | 业务单号 受理流水号 诉求编号 诉求单号 信件编号 来信编号 投诉编号 举报编号 上报编号 问题编号 隐患编号
  | 项目代码 项目编码 项目编号 项目统一代码 投资项目代码 投资项目统一代码 国家代码 登记编号 备案号 备案编号
  | 备案证号 补贴编号 单据编号 流水号 唯一编号 唯一标识 记录编号 编号 单号 case_id case_number case_no
  | case_enquiry_id ticket_id ticket_number ticket_no request_id service_request_id sr_number unique_key number
  | id
title | 诉求标题 工单标题 事件标题 案件标题 案卷标题 信件标题 问题标题 标题 事项名称 办理事项 事项 办件名称
  | 项目名称 申报项目名称 业务名称 补贴名称 补贴项目 任务名称 事件名称 案件名称 诉求主题 主题 名称 title subject
  | summary service_name case_title
text | 诉求内容 工单内容 问题描述 事件描述 案件描述 案情描述 详细描述 内容描述 诉求描述 来电内容 反映内容
  | 投诉内容 事件内容 问题内容 主要内容 具体内容 建设规模及内容 建设内容及规模 建设内容 项目概况 详情 描述 内容
  | description details text
class_code | 事项编码 事项代码 实施编码 实施清单编码 基本编码 目录编码 类别编码 类别代码 分类编码 分类代码
  | 小类编码 小类代码 案件类别代码 事件类型编码 类型代码 类型编码 行业代码 事项编号 class_code service_code
  | category_code
class_name | 事件小类 问题小类 案件小类 小类 小类名称 三级分类 四级分类 诉求类别 诉求分类 问题类别 问题类型
  | 事件类型 事件类别 案件类型 案件类别 工单类型 工单类别 事项类型 事项类别 办件类型 业务类型 业务类别 内容分类
  | 分类 类别 类型 二级分类 事件大类 大类 大类名称 一级分类 项目类型 项目类别 建设性质 补贴类型 补贴种类
  | 行业类别 所属行业 登记类型 隐患类型 type category class case_type request_type complaint_type reason
body_code | 承办部门编码 承办部门代码 主管部门编码 主管部门代码
  | 承办单位代码 承办单位编码 责任单位代码 责任单位编码 部门代码 部门编码 办理部门编码 实施机构代码
  | 实施主体编码 机构代码 机构编码 单位代码 单位编码 department_code agency_code org_code
body_name | 承办单位 主办单位 主办部门 承办部门 责任单位 责任部门 办理单位 办理部门 处置单位 处置部门 处理单位
  | 处理部门 经办单位 经办部门 牵头单位 牵头部门 受理部门 受理单位 受理机构 收件部门 派往单位 派遣部门 转办单位
  | 交办单位 实施机构 实施主体 主管部门 行业主管部门 登记机关 审批部门 部门名称 单位名称 部门 department agency
  | agency_responsible responsible_agency owner
place_code | 村居代码 村居编码 社区编码 社区代码 网格编码 网格编号 网格代码 区域代码 区域编码 行政区划代码
  | 区划代码 辖区代码 所属区域代码 place_code area_code district_code
place_name | 所属村居 所属村社区 所属村（社区） 村居 村（居） 村社区 村居名称 所属社区 社区 社区名称 所属村
  | 行政村 村委会 村（居）委会 所属网格 网格 网格名称 责任网格 所属区域 区域 所在区域 事发区域 所属辖区 辖区
  | 所在村居 所属片区 片区 属地 所属镇街 镇街 所属街道 街道 乡镇 乡镇街道 行政区划 所属区划 所属行政区划
  | neighborhood district area ward village community
address | 事发地址 事发地点 事件地址 事件地点 问题地址 诉求地址 案发地址 案发地点 发生地点 发生地址 发生位置
  | 事件位置 具体地址 详细地址 具体位置 位置描述 地点 地址 位置 建设地点 建设地址 项目地址 项目地点 项目建设地点
  | 经营场所 住所 注册地址 企业地址 经营地址 登记地址 联系地址 通讯地址 address location street_address
  | incident_address
channel | 诉求来源 工单来源 来源渠道 受理渠道 受理方式 事件来源 案件来源 问题来源 信息来源 上报来源 上报渠道
  | 上报方式 来源 渠道 申请方式 申请渠道 申办渠道 办理渠道 办理方式 收件方式 来电渠道 反映渠道 channel source
  | method_received
stage | 工单状态 办理状态 办件状态 当前状态 案件状态 案卷状态 事件状态 处理状态 处置状态 办理环节 当前环节 环节
  | 办理进度 当前阶段 办理阶段 项目状态 项目阶段 项目进度 进展阶段 登记状态 状态 阶段 status case_status stage
opened_at | 派单时间 派遣时间 交办时间 转办时间 下派时间 受理时间 受理日期 收件时间 收件日期 立案时间 登记时间
  | 来电时间 诉求时间 上报时间 上报日期 申请时间 申请日期 申报时间 申报日期 接收时间 接件时间 提交时间 发起时间
  | 创建时间 建单时间 发生时间 事发时间 发现时间 备案时间 备案日期 赋码时间 赋码日期 开工时间 开工日期 开工年月
  | 成立日期 登记日期 录入时间 open_dt opened opened_at open_date opened_date created created_at created_date
  | date_opened requested_datetime
due_at | 到期时间 到期日期 截止时间 截止日期 办理截止时间 办结截止时间 应办结时间 应办结日期 应结时间
  | 要求办结时间 要求完成时间 要求反馈时间 反馈截止时间 办理时限 办结时限 处置时限 处理时限 处置截止时间
  | 承诺办结时间 承诺办结日期 承诺时间 承诺时限 法定办结时间 法定时限 限办时间 限办日期 限时办结时间 办理期限
  | 完成时限 期限 计划完成时间 计划竣工时间 计划竣工日期 预计竣工时间 预计完成时间 计划建成时间 target_dt due
  | due_at due_date target_date expected_datetime sla_date
closed_at | 办结时间 办结日期 实际办结时间 结案时间 结案日期 完成时间 完成日期 处置完成时间 处理完成时间
  | 处理时间 处置时间 回复时间 反馈时间 答复时间 关闭时间 归档时间 结束时间 办理完成时间 实际完成时间 竣工时间
  | 竣工日期 核准日期 核准时间 发放时间 发放日期 closed_dt closed closed_at closed_date resolved resolved_at
result | 办理结果 处理结果 处置结果 办理情况 处理情况 处置情况 办结结果 办结意见 办理意见 处理意见 处置意见
  | 回复内容 答复内容 反馈内容 处置反馈 审批结果 审核结果 审查结果 结论 result resolution outcome closure_reason
reporter_name | 诉求人 诉求人姓名 来电人 来电人姓名 反映人 反映人姓名 投诉人 投诉人姓名 举报人 上报人 上报人姓名
  | 上报人员 申请人 申请人姓名 申请人名称 申办人 申请者 申请者名称 办事人 当事人 联系人 联系人姓名 经办人姓名
  | 姓名 市民姓名 法定代表人 法人代表 经营者 经营者姓名 负责人 补贴对象 申领人 reporter reported_by applicant
  | applicant_name contact_name
reporter_phone | 联系电话 联系方式 诉求人电话 来电号码 来电人电话 主叫号码 反映人电话 投诉人电话 上报人电话
  | 申请人电话 申请人联系电话 申请人手机号 申请人手机 联系人电话 联系人手机 联系手机 手机号码 手机号 手机
  | 电话号码 电话 phone telephone mobile contact_phone
firm_name | 企业名称 单位名称（企业） 公司名称 项目单位 项目法人 项目法人单位 项目单位名称 建设单位 申报单位
  | 申报企业 投资主体 投资单位 业主单位 市场主体名称 经营主体名称 主体名称 商户名称 店铺名称 字号名称 个体户名称
  | 企业（机构）名称 用人单位 所属企业 被投诉单位 被投诉企业 当事企业 firm company company_name business_name
  | enterprise
credit_code | 统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 项目单位统一社会信用代码 企业信用代码
  | 注册号 统一社会信用代码/注册号 证照号码 credit_code uscc unified_social_credit_code
lon | 经度 lon lng long longitude x坐标 x坐标值 坐标x 东经 gps经度 坐标经度 事件经度 位置经度
lat | 纬度 lat latitude y坐标 y坐标值 坐标y 北纬 gps纬度 坐标纬度 事件纬度 位置纬度
point | 经纬度 坐标 经纬度坐标 位置坐标 地理坐标 事件坐标 gps坐标 gps 定位 定位坐标 地理位置坐标 坐标信息
  | coordinates lonlat lnglat latlong geo point
link | 链接 网址 详情链接 附件链接 附件地址 图片链接 图片地址 现场照片 公示链接 原文链接 url link href media_url
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    """Return field -> headings of the table above; English words are joined by `_`."""
    found: dict[str, list[str]] = {}
    names: list[str] = []
    for line in table.strip().splitlines():
        field, _, words = line.partition("|")
        names = found.setdefault(field.strip(), []) if field.strip() else names
        names += words.split()
    return {field: tuple(found[field]) for field in FIELDS}


SYNONYMS: dict[str, tuple[str, ...]] = _read(_TABLE)
_UNUSED = """
序号 行号 备注 满意度 满意情况 回访情况 回访时间 回访结果 评价 身份证号 身份证号码 证件号码 证件类型 性别 年龄
紧急程度 优先级 是否超期 是否逾期 是否延期 超期天数 用时 办理用时 延期次数 退回次数 总投资 总投资额 投资额
投资金额 补贴金额 金额 用地面积 面积 注册资本 经营范围 窗口 窗口名称 审批人 审核人 经办人 受理人 协办单位
联系部门 年度 数量 合计 remarks note
"""
NO_FIELD = frozenset(_UNUSED.split())
"""What is plainly a heading, of a column that we have no use for."""
