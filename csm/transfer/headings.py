"""What the headings of other people's tables mean: English, Chinese, and as csm itself writes them.

Owns the synonyms of every field and how a heading is compared. The exports of address books, whose columns mean
something only together, are read by `csm.transfer.contact_exports`. Nothing here reads a cell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.record import COMPLAINT
from csm.domain.customer.record import CONTACT, CUSTOMER
from csm.domain.kinds import Field
from csm.domain.promise.record import PROMISE
from csm.domain.sale.record import SALE
from csm.domain.service.record import SERVICE
from csm.domain.survey.record import SURVEY
from csm.transfer.plain_headings import PLAIN, PLAIN_SEVERAL

_OWN_PREFIXES: Final = ("field.", "自定义.")
_CLOSING: Final = {")": "(", "]": "[", "】": "【", "〕": "〔"}
# The Traditional signs of headings, and the Simplified ones in which the words below are written.
_TRADITIONAL: Final = (
    "來係個們備傢債價償兌內別創劃動務區參員問單嘗噹嚐嚮嚴國團執場實審寫對層屬崗幣廠廢彆後徑從復愛態慣應懷戶捲採換撥擺擾敗數昇時會朮條業樂標機檔檢權歸決沖況"
    "淨溝滿營爭狀獲現環產異當發碼稅種稱穫競箇節簡簽籤糰約級細紹組結絕絡統經維線編縣總繫義習聯職聽脩與興薦處號術衝補裝製複襬見規訂計訊訓記訪訴註証評試話詳認"
    "語誤說誰調請諾謝證議負貨責買費貼資賒賠質賬購車載轉辦迴週進過達遞適選郵銜銷錄錶鍾鐘長門閉開間閤關陞階際電響項順預頭頻題額願類顧顯風餘驗驟體髮麵點齣"
)
_SIMPLIFIED: Final = (
    "来系个们备家债价偿兑内别创划动务区参员问单尝当尝向严国团执场实审写对层属岗币厂废别后径从复爱态惯应怀户卷采换拨摆扰败数升时会术条业乐标机档检权归决冲况"
    "净沟满营争状获现环产异当发码税种称获竞个节简签签团约级细绍组结绝络统经维线编县总系义习联职听修与兴荐处号术冲补装制复摆见规订计讯训记访诉注证评试话详认"
    "语误说谁调请诺谢证议负货责买费贴资赊赔质账购车载转办回周进过达递适选邮衔销录表钟钟长门闭开间合关升阶际电响项顺预头频题额愿类顾显风余验骤体发面点出"
)
_BLANKS: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED, " \t\r\n_-\ufeff\u200b‐‑–—*")

# The personal side and the rest of a person, for the first contact in a row of customers and for a row of contacts.
_PERSON: Final = {
    "nickname": "昵称|绰号|外号|称呼|小名|nick name",
    "role": "职务|职位|职称|岗位|头衔|联系人职务|联系人职位|title|job title|position",
    "wechat": "微信|微信号|微信名|weixin",
    "birthday": "生日|出生日期|出生年月日|联系人生日|birth date|date of birth|dob",
    "lunar_birthday": "农历生日|阴历生日|旧历生日|农历出生日期|lunar birth date",
    "sign_off": "签字环节|签批环节|付款签字|付款签字环节|付款审批环节|sign off",
    "family": "家庭|家庭情况|家庭成员|家人",
    "hobbies": "爱好|兴趣|兴趣爱好|业余爱好|hobby",
    "clubs": "俱乐部|社团|会所|club",
    "faith": "信仰|宗教|宗教信仰|religion",
    "customs": "习俗|风俗|风俗习惯|生活习惯",
}

# One number next to another: which of them a person is rung on is for the reader to see.
_PHONES: Final = (
    "telephone|tel|mobile|mobile phone|mobile phone number|cell|cell phone|cellphone|phone number|telephone number|"
    "mobile number|main phone|primary phone|work phone|home phone|business phone|office phone|other phone|phone 1|"
    "phone 2|phone 3|mobile 1|mobile 2|telephone 2|second phone|secondary phone|alternate phone|alternative phone"
)
_EMAILS: Final = (
    "mail|email address|email 1|email 2|email 3|email address 2|work email|home email|primary email|other email|"
    "second email|secondary email|alternate email|alternative email"
)

# Fields of the card that a row may fill in addition: a dated note, and the first contact.
_CUSTOMER_EXTRAS: Final = {
    "note": "备注|说明|附注|备注信息|notes|remarks|remark|comment|comments",
    "contact": "联系人|联络人|联系人姓名|联络人姓名|主要联系人|经办人|对接人|窗口|"
    "contact person|contact name|primary contact",
    "contact_phone": "联系人电话|联络人电话|联系人手机|联系人手机号|联系人联系电话|contact mobile|contact number",
    "contact_email": "联系人邮箱|联系人电子邮件|联络人电邮|contact e-mail",
    **_PERSON,
}

_CUSTOMER: Final = {
    "code": "客户编号|编号|代码|编码|客户代码|客户编码|客户号|会员号|customer code|customer no|customer number",
    "name": "客户名称|名称|姓名|公司|公司名称|单位|单位名称|客户|客户姓名|企业名称|所在单位|商户名称|店名|门店|"
    "门店名称|customer|customer name|company|company name|organisation|organization|organisation name|"
    "organization name|client|client name|account name|business name|employer|full name|shop|shop name",
    "kind": "类型|客户类型|客户性质|单位/个人|customer type|type",
    "status": "状态|客户状态|customer status",
    "grade": "客户等级|等级|级别|客户级别|客户分级|ABC分类|class|customer grade",
    "key_account": "大客户|重点客户|大客户原因|大客户理由|重点客户原因",
    "relationship": "关系类型|客户关系|关系|客户关系类型|relationship type",
    "owner": "负责人|业务员|销售员|销售人员|客户经理|销售代表|归属人|跟进人|salesperson|sales rep|"
    "account manager|account owner|contact owner|company owner",
    "region": "地区|区域|城市|县市|片区|所在地|所在地区|所在城市|省份|省市|city|town|"
    "district|area|territory|state/region",
    "industry": "行业|所属行业|行业类别|业态|sector|line of business",
    "size": "规模|企业规模|公司规模|客户规模|company size",
    "revenue": "年收入|营业额|年营业额|年销售额|年产值|turnover|annual revenue|yearly revenue",
    "credit_limit": "信用额度|授信额度|赊销额度|信用限额|credit",
    "phone": "电话|手机|联系电话|联络电话|手机号|手机号码|电话号码|座机|座机号码|固定电话|固话|市话|移动电话|行动电话|"
    f"客户电话|公司电话|单位电话|办公电话|家庭电话|住宅电话|其他电话|备用电话|联系方式|{_PHONES}",
    "email": f"邮箱|电子邮件|邮件|电子邮箱|电子信箱|电邮|信箱|邮箱地址|邮件地址|电子邮件地址|电邮地址|{_EMAILS}",
    "route": "路线|拜访路线|线路|送货路线",
    "route_order": "路序|路线顺序|线路顺序|拜访顺序",
    "tags": "标签|客户标签|分组|tag|labels|categories|groups",
    "external_id": "外部编号|外部ID|原系统编号|系统编号|customer id",
    "short_name": "简称|客户简称|公司简称",
    "address": "地址|详细地址|联系地址|公司地址|单位地址|客户地址|通讯地址|通信地址|postal address|street address",
    "source": "来源|客户来源|获客渠道|lead source",
    "referred_by": "介绍人|推荐人|转介绍人|referrer",
    "terms": "结算方式|结算条件|结算周期|账期|付款条件|付款方式|payment terms",
    "supply_stopped": "停止供货|停供|停供原因|停止供货原因|停货|停货原因",
    "payment_record": "付款记录|付款情况|回款记录|回款情况",
    "competitors": "竞争对手|竞争者|竞品|竞争品牌|competitor",
    "attitude": "态度|客户态度|合作态度",
    "promotions": "促销参与|促销参与情况|参与促销|促销|促销活动",
    "category_spend": "品类支出|品类采购额|同类采购额|本品类支出",
    "contract_start_on": "合同开始|合同开始日|合同开始日期|合同起始|合同起始日|合同起始日期|contract start date",
    "contract_end_on": "合同结束|合同结束日|合同结束日期|合同到期|合同到期日|合同到期日期|合同截止|合同截止日期|"
    "contract end date",
    "receiving_hours": "收货时间|收货时段",
    "goods_place": "货物摆放|货物摆放位置|放货位置|卸货位置|堆放位置",
    "parking": "停车|停车位置|停车要求",
    "delivery_wishes": "送货要求|配送要求|其他送货要求|送货其他要求",
    "visit_every": "拜访频率|拜访周期|拜访间隔|visit frequency",
    "best_time": "最佳联系时间|最佳时间|合适时间|方便时间|best time to call",
    "channel": "首选渠道|首选联系方式|偏好渠道|联系渠道",
    "do_not_contact": "勿扰|免打扰|请勿联系|不联系|不再联系|谢绝联系",
    "reviewed_on": "核对日期|复核日期|资料核对日期|上次核对|上次核对日期",
    "last_contact_on": "最近联系|上次联系|最近联系日期|上次联系日期|最后联系",
    "next_callback_on": "下次回访|下次回访日期",
    "open_complaints": "未结投诉|未结投诉数",
    "balance": "余额|欠款|应收余额|应收账款",
    "created_at": "创建时间|创建日期|建档时间|建档日期",
    "updated_at": "更新时间|更新日期|修改时间",
    "completeness": "完整度|资料完整度",
    "archived_on": "归档日期|归档",
    "parent": "总店|所属总店|上级客户|上级单位|上级公司|总公司|母公司|隶属|parent customer|parent company|"
    "parent account|parent name|headquarters",
    "parent_id": "总店编号|上级客户编号|上级编号|parent customer id|parent account id",
    **_CUSTOMER_EXTRAS,
}

# What a column is mapped to that holds something of the customer: csm's own id, or another program's.
OWN_ID: Final = "customer.id"
OWN_KEY: Final = "customer.external_id"
_KEYS: Final = {
    OWN_ID: "",
    OWN_KEY: "客户外部编号|customer external id",
}

_CONTACT: Final = {
    "customer_id": "客户ID",
    "customer": "客户|客户名称|客户姓名|公司|公司名称|单位|单位名称|所属客户|所属公司|所在单位|"
    "customer name|company|company name|organisation|organization|organisation name|organization name|account name|"
    "business name|employer|client",
    "customer_code": "客户编号|客户代码|客户编码|customer no|customer number|customer.code",
    **_KEYS,
    "customer_phone": "客户电话|公司电话|单位电话",
    "name": "姓名|名称|名字|联系人|联络人|联系人姓名|联络人姓名|contact|contact name|contact person|full name",
    "phone": "电话|手机|联系电话|联络电话|手机号|手机号码|电话号码|座机|座机号码|固定电话|固话|市话|移动电话|行动电话|"
    f"办公电话|家庭电话|住宅电话|其他电话|备用电话|联系人电话|联系人手机|联系方式|{_PHONES}",
    "email": f"邮箱|电子邮件|邮件|电子邮箱|电子信箱|电邮|信箱|邮箱地址|邮件地址|电子邮件地址|电邮地址|"
    f"联系人邮箱|{_EMAILS}",
    "remarks": "备注|说明|附注|notes|note|remark|comment|comments",
    "left_on": "离职日期|离职时间|离开日期|left on|leaving date",
    **_PERSON,
}

_CALLBACK: Final = {
    "id": "回访编号|编号",
    "customer_id": "客户ID",
    "customer": "客户|客户名称|客户姓名|名称|公司|公司名称|单位|单位名称|customer name|company|company name|client|"
    "customer.name",
    "customer_code": "客户编号|客户代码|客户编码|customer no|customer number|customer.code",
    **_KEYS,
    "phone": "电话|手机|联系电话|客户电话|手机号|手机号码|电话号码|座机|telephone|tel|mobile|phone number|"
    "customer.phone",
    "contact": "联系人|联系人姓名|contact name|contact person",
    "direction": "方向|联系方向|来访/主动",
    "channel": "渠道|方式|回访方式|回访渠道|沟通方式|method",
    "purpose": "目的|回访目的|事由|回访事由|回访类型",
    "status": "状态|回访状态",
    "due_on": "日期|回访日期|计划日期|计划回访日期|应回访日期|计划时间|date|due date|planned date",
    "due_at": "预约时间|计划时刻|due at",
    "done_at": "完成时间|回访时间|实际回访时间|done at",
    "outcome": "结果|回访结果|result",
    "satisfaction": "满意度|满意程度|满意度评分|评分|rating",
    "tries": "尝试次数|联系次数|拨打次数",
    "note": "内容|记录|回访内容|回访记录|沟通内容|备注|说明|text|notes|remarks|comment|comments",
    "complaint_id": "投诉编号|投诉ID",
    "sale_id": "成交编号|订单编号|成交记录编号|销售编号|sale",
    "every": "重复|周期|重复周期|回访周期|间隔|repeat|interval",
    "owner": "负责人|业务员|销售员|回访人|回访人员|执行人|客户经理|salesperson",
    "from_done": "从完成日算起|按完成日计算|自完成日起算",
    "objection": "异议|异议类型|客户异议|顾客异议",
    "suggestion": "建议|客户建议|意见建议",
    "cost": "费用|成本|花费|回访费用",
    "origin": "来源|产生方式",
    "planned_on": "原计划日期|首次计划日期",
    "agreed_on": "约定日期|考核日期",
    "done_on": "完成日期|实际日期|实际回访日期",
    "reason": "原因|取消原因|跳过原因",
    "created_at": "创建时间|创建日期",
    "tries_made": "尝试记录|未联系上记录",
    "next": "下次|下次回访|下次日期|下次回访日期|下次联系日期|next callback|next date",
}

_WHOSE: Final = {
    "customer_id": "客户ID",
    "customer": "客户|客户名称|客户姓名|名称|公司|公司名称|单位|单位名称|customer name|company|company name|client|"
    "customer.name",
    "customer_code": "客户编号|客户代码|客户编码|customer no|customer number|customer.code",
    **_KEYS,
    "phone": "电话|手机|联系电话|客户电话|手机号|手机号码|电话号码|座机|telephone|tel|mobile|phone number|"
    "customer.phone",
}

_COMPLAINT: Final = {
    # what a program that isn't csm calls so is its own number: see `csm.services.files.importing.foreign`
    "id": "投诉编号|编号|case number|case no",
    **_WHOSE,
    "level": "级别|投诉级别|complaint level",
    "severity": "严重程度|投诉等级|priority",
    "content": "投诉类别|投诉类型|类别|类型|category",
    "problem": "问题|问题类型|投诉问题|problem type",
    "summary": "摘要|投诉摘要|主题|投诉主题|标题|事由|投诉事由|subject|title|issue|customer complaint|complaint",
    "step": "步骤|当前步骤|处理步骤",
    "next_step": "下一步|下一步骤",
    "status": "状态|投诉状态|处理状态",
    "escalation_level": "升级级别|升级层级|当前层级|层级",
    "owner": "处理人|负责人|经办人|责任人|承办人|handler|assigned to|assignee",
    "department": "部门|责任部门|处理部门|承办部门",
    "founded": "成立|是否成立|投诉是否成立",
    "responsibility": "责任|责任方|责任认定|责任归属",
    "cause": "原因|投诉原因|原因分析",
    "compensation": "赔偿|赔偿金额|补偿|补偿金额|赔付金额",
    "received_at": "受理时间|受理日期|投诉时间|投诉日期|接到时间|登记时间|日期|时间|date|date received|received on|"
    "received date|complaint date|opened|date opened|created on|time|time received",
    "first_response_at": "首次响应时间|首次回复时间|首次响应|首次回复|回复时间|响应时间|答复时间|"
    "first response time|answered|answered at|date answered|replied at",
    "first_response_due": "首次响应期限|首次响应时限|回复期限",
    "proposal_due": "处理意见期限|方案期限",
    "resolution_due": "解决期限|处理期限|办结期限|办理期限|处理时限|due date",
    "technician_due": "技术联系期限|技术服务期限",
    "implemented_at": "实施时间|解决时间|处理时间|resolved|resolved at|date resolved",
    "closed_at": "结案时间|结案日期|办结时间|办结日期|关闭时间|完成时间|date closed|closed on",
    "waiting_since": "等待开始|等待自|等待开始时间",
    "waiting_for": "等待|等待内容|等待事项",
    "reopened": "重开次数|重新打开次数|重复处理次数",
    "satisfaction": "满意度|满意程度|满意度评分|客户满意度|评分|rating",
    "overdue": "逾期|是否逾期|是否超期",
    "next_clock": "下一时限",
    "next_due_at": "下一期限|到期时间",
    "details": "投诉内容|内容|投诉详情|详情|详细内容|投诉描述|描述|说明|备注|description|"
    "narrative|notes|remarks|comments",
    "channel": "渠道|投诉渠道|受理渠道|投诉方式|受理方式|方式|submitted via",
    "want": "诉求|客户诉求|投诉诉求|期望|客户期望",
    "claim": "索赔|索赔金额|要求赔偿|amount claimed",
    "contact": "联系人|联系人姓名|contact name|contact person",
    "caller": "来电人|投诉人|投诉人姓名|complainant|caller|caller name|reported by|raised by",
    "caller_phone": "来电号码|来电电话|投诉人电话|caller phone|caller number|callback number",
    "answer": "答复|答复内容|回复|回复内容|reply|response|company response",
    "done": "处理措施|处理情况|处理内容|解决方案|解决措施|what was done|action taken|resolution",
    "about": "被投诉人|涉及人员|涉及员工|被投诉员工",
    "found_by": "发现方|由谁发现|发现者",
    "live": "当场接听|当面受理|即时受理",
    "settled_on_spot": "当场解决|现场解决",
    "route": "处理路线|处理途径|路线",
    "failure": "失误|失误类型|失败类型",
    "recovery": "补救|补救类型|补救方式",
    "recovery_time": "补救时机|补救时间|事中事后|recovery time|recovery made",
    "outcome": "结果|处理结果|result",
    "lesson": "教训|经验教训",
    "missed": "超期次数|逾期次数|超时次数",
    "escalated_by_hand": "人工升级次数",
    "escalated_by_policy": "自动升级次数",
    "feedback": "反馈|技术反馈|反馈状态",
    "callback_id": "回访编号",
    "sale_id": "成交编号|订单编号|成交记录编号|销售编号|sale",
    "external_id": "外部编号|外部ID|原系统编号|系统编号|工单号|工单编号|单号|受理编号|complaint id|complaint no|"
    "complaint number|ticket|ticket id|ticket no|ticket number|ticket #|case id|reference|reference no",
    "created_at": "创建时间|创建日期|录入时间",
    "events": "事件|处理过程|处理记录",
    "preventions": "预防措施|整改措施",
}

_PROMISE: Final = {
    "id": "承诺编号|编号",
    **_WHOSE,
    "text": "承诺|承诺内容|承诺事项|内容|说明|promise|what was promised",
    "direction": "方向|承诺方|谁的承诺",
    "in_charge": "负责人|责任人|经办人|处理人|承诺人|owner",
    "due_at": "期限|承诺期限|兑现期限|到期|到期时间|到期日期|截止时间|截止日期|日期|date|due date|deadline",
    "kept_at": "兑现时间|兑现日期|履行时间|完成时间|完成日期|kept on|date kept",
    "status": "状态|承诺状态|兑现情况",
    "compensation": "赔偿|赔偿金额|补偿|补偿金额",
    "pledge_id": "公开承诺编号|服务承诺编号",
    "complaint_id": "投诉编号|投诉ID",
    "clock": "时限|承诺时限",
    "ended_text": "结果|结束说明|结果说明|备注|notes|remarks",
    "origin": "来源|产生方式",
    "external_id": "外部编号|外部ID|原系统编号|系统编号",
    "created_at": "创建时间|创建日期|承诺时间|承诺日期",
    "created_by": "创建人|录入人",
}

# A price is that of one piece, so it is nothing of a sale; what an invoice is called stands on several rows often.
_SALE: Final = {
    "id": "成交编号|成交记录编号|销售编号|编号",
    **_WHOSE,
    "external_id": "外部编号|外部ID|原系统编号|系统编号|流水号|交易号|transaction id|transaction number",
    "bill": "发票号|发票号码|发票编号|单号|订单号|订单编号|账单号|票号|invoice|invoice no|invoice number|bill no|"
    "bill number|order|order no|order number|order id|receipt|receipt no",
    "product": "产品|商品|品名|货品|货物|产品名称|商品名称|货品名称|item|product name|item name|goods|article|"
    "description",
    "line": "产品线|产品类别|商品类别|品类|产品系列|category|product category",
    "quantity": "数量|件数|销售数量|qty|units|pieces|number of units",
    "unit": "计量单位|数量单位|uom|unit of measure",
    "amount": "金额|总金额|销售金额|成交金额|销售额|合计|合计金额|总价|总计|total|total amount|sales|sales amount|"
    "order total|invoice total",
    "sold_on": "日期|销售日期|成交日期|购买日期|下单日期|订单日期|开票日期|销售时间|成交时间|下单时间|date|sale date|"
    "date of sale|sold on|order date|invoice date|purchase date|transaction date",
    "delivery_on": "交货日期|送货日期|交货期|约定交货日期|承诺交货日期|delivery date|promised delivery",
    "delivered_on": "实际交货日期|送达日期|交付日期|实际送货日期|delivered on|date delivered",
    "due_on": "到期|到期日|到期日期|付款期限|应付日期|应收日期|due date|payment due|payable by",
    "paid": "已付|已付金额|已收|已收金额|收款金额|实付|实付金额|amount paid|paid amount",
    "balance": "余额|欠款|未付|未付金额|未收金额|outstanding|amount due",
    "days_late": "逾期天数|拖欠天数",
    "signed_by": "签字人|签批人|signed off by",
    "status": "状态|付款状态|收款状态|订单状态|payment status",
    "serial": "序列号|机身号|机器编号|出厂编号|serial no|s/n",
    "install": "安装|需要安装|是否安装|installation",
    "terms": "结算方式|结算条件|结算周期|账期|付款条件|付款方式|payment terms",
    "note": "备注|说明|附注|notes|remarks|remark|comment|comments",
    "paid_on": "付款日期|收款日期|付款日|收款日|付清日期|paid on|payment date|date paid",
    "signed_on": "签字日期|签批日期|date signed",
    "cancelled_on": "取消日期|退货日期|作废日期|冲销日期|cancelled on|canceled on|canceled|date cancelled",
    "cancel_reason": "取消原因|退货原因|作废原因|reason of cancellation",
    "cancel_id": "取消单号|退货单号|冲销单号|cancellation id",
    "cancels": "原单号|原发票号|原订单号|原销售单号|original invoice|original order|reverses",
    "planned": "售后计划|已排售后计划",
    "payments": "付款记录|收款记录",
    "signatures": "签字记录|签批记录",
    "created_at": "创建时间|创建日期|录入时间",
    "created_by": "创建人|录入人",
}

_SERVICE: Final = {
    "id": "服务编号|服务记录编号|编号|service number",
    **_WHOSE,
    "kind": "服务类型|服务种类|服务项目|服务|类型|项目|service|service type|type|type of service",
    "phase": "阶段|服务阶段|售前售后",
    "technical": "技术性|技术服务|是否技术服务",
    "place": "地点|服务地点|服务方式|定点/巡回",
    "paid": "收费|收费金额|服务费|已付|charged|price|fee",
    "cost": "费用|成本|服务成本|花费|我方成本|our cost",
    "minutes": "分钟|用时|时长|耗时|服务时长|duration",
    "term": "期限类型|服务期限|长短期",
    "regular": "定期|是否定期|经常性",
    "done_on": "日期|服务日期|完成日期|完成时间|服务时间|date|service date|date done|done on",
    "by": "服务人员|服务人|执行人|经办人|负责人|办理人|技术员|technician|employee|staff",
    "sale_id": "成交编号|订单编号|成交记录编号|销售编号|sale",
    "checks": "检查项目|检查表|检查清单|检查项|checklist",
    "not_met": "未达|未达项|不合格项",
    "message": "客户留言|留言|客户意见|message from the customer",
    "message_done_on": "留言办结日|留言处理日期",
    "message_done_by": "留言办理人|留言处理人",
    "message_answer": "留言答复|答复|处理结果",
    "note": "内容|服务内容|服务记录|备注|说明|附注|notes|remarks|comment|comments|description",
    "external_id": "外部编号|外部ID|原系统编号|系统编号|工单号|工单编号|work order|work order number",
    "created_at": "创建时间|创建日期|录入时间|建立时间",
    "created_by": "创建人|录入人",
}

_SURVEY: Final = {
    "id": "调查编号|编号|survey number",
    **_WHOSE,
    "taken_on": "日期|调查日期|填写日期|填表日期|评价日期|答卷日期|答题日期|时间|填写时间|提交时间|提交答卷时间|"
    "date|survey date|date taken|taken on|timestamp",
    "respondent": "填写人|填表人|答卷人|受访者|受访人|填写方|填写人身份|答卷人身份|answered by",
    "csat": "满意率|满意度|总体满意度|您对我们的总体满意度|客户满意度|服务满意度|满意度评分|满意评分|满意程度|总体评价|"
    "评分|csat score|customer satisfaction|overall satisfaction|rating",
    "nps": "净推荐值|推荐度|推荐意愿|推荐可能性|推荐分|推荐评分|nps评分|nps得分|"
    "nps score|likelihood to recommend|would recommend",
    "scale": "量表|分制|最高分|满分|points",
    "reverse": "反向|反向提问|反向计分|反向题|含反向题|reverse scored|reverse wording",
    "weights": "权重|维度权重|各维度权重|五项权重|weight",
    "subject": "评价对象|对象|被评价方|竞争对手|competitor",
    "value": "感知价值|顾客感知价值|价值|value for money",
    "satisfaction": "总满意|整体满意|顾客满意|content",
    "switching": "转换成本|转移成本|更换成本|switching costs",
    "intention": "再购意愿|重购意愿|再购意向|重复购买意向|再次购买意愿|购买意向|repurchase intention|intention",
    "comment": "备注|说明|意见|建议|意见建议|意见与建议|意见或建议|其他意见|其他意见或建议|其他建议|您的意见|评语|"
    "notes|note|remarks|remark|comments",
    "complaint_id": "投诉编号|投诉ID",
    "external_id": "外部编号|外部ID|原系统编号|系统编号|问卷编号|答卷编号|response id|form number|questionnaire number",
    "created_at": "创建时间|创建日期|录入时间|建立时间",
    "created_by": "创建人|录入人|登记人",
}
_RECORDS: Final[dict[str, tuple[tuple[Field, ...], dict[str, str]]]] = {
    "customers": (CUSTOMER, _CUSTOMER),
    "contacts": (CONTACT, _CONTACT),
    "callbacks": (CALLBACK, _CALLBACK),
    "complaints": (COMPLAINT, _COMPLAINT),
    "promises": (PROMISE, _PROMISE),
    "sales": (SALE, _SALE),
    "services": (SERVICE, _SERVICE),
    "surveys": (SURVEY, _SURVEY),
    **PLAIN,
}

PHONES: Final = frozenset({"phone", "contact_phone", "customer_phone"})
# Keys of other programs: texts, though a spreadsheet takes many of them for numbers.
KEYS: Final = frozenset({"code", "customer_code", "external_id", "bill", "serial"})
# Where the cell of a further column for a field goes, as the field has room for one; of other fields it is named.
FURTHER: Final = {
    "customers": {"phone": "contact_phone", "email": "contact_email", "contact_email": "note"},
    "contacts": {"email": "remarks"},
}
# Every cell of these counts, where several columns hold one; of any other target the first that isn't empty.
SEVERAL: Final = {
    "customers": frozenset({"tags", "note", "contact_phone"}),
    "contacts": frozenset({"phone", "remarks"}),
    "callbacks": frozenset({"note"}),
    "complaints": frozenset({"details"}),
    "promises": frozenset(),
    "sales": frozenset({"note"}),
    "services": frozenset({"note"}),
    "surveys": frozenset({"comment"}),
    **PLAIN_SEVERAL,
}
# The instants that a file may tell in two columns, and what that of the times is called then.
DATE_AND_TIME: Final = frozenset({"received_at"})
TIMES: Final = frozenset({"time", "时间", "timereceived"})
# Headings of a person in a table that may have a column for the organisation too.
PERSONS: Final = frozenset({"姓名", "客户姓名", "fullname"})
# Headings of the organisation next to which `Name` is a person.
_ORGANISATIONS: Final = (
    "公司|公司名称|单位|单位名称|企业名称|所在单位|company|company name|organisation|organization|organisation name|"
    "organization name|account name|business name|employer"
)
# A place within a region: a part of the address where the file has a column for the region too.
_TOWNS: Final = "城市|县市|所在城市|city|town"


def normal(heading: str) -> str:
    """Return the form in which headings are compared: no case, width, blanks, dashes, colon, or unit in brackets."""
    text = unicodedata.normalize("NFKC", heading).translate(_BLANKS).casefold().rstrip(":")
    opening = _CLOSING.get(text[-1:], "")
    if opening:
        text = text.rpartition(opening)[0] or text
    return text.rstrip(":")


ORGANISATIONS: Final = frozenset(map(normal, _ORGANISATIONS.split("|")))
TOWNS: Final = frozenset(map(normal, _TOWNS.split("|")))


def targets(record: str) -> list[str]:
    """Return every field that a column of `record` (customers, contacts, callbacks, ...) can go to, in order."""
    fields, synonyms = _RECORDS[record]
    return list(dict.fromkeys([*(field.name for field in fields), *synonyms]))


@cache
def known_headings(record: str) -> Mapping[str, str]:
    """Return the field that each known heading of `record`, in its `normal` form, stands for."""
    fields, synonyms = _RECORDS[record]
    known = {normal(name): name for name in targets(record)}
    for field in fields:
        known.setdefault(normal(field.heading), field.name)
    for name, words in synonyms.items():
        for word in filter(None, words.split("|")):
            known.setdefault(normal(word), name)
    return known


def own_field(heading: str) -> str:
    """Return `field.KEY` where `heading` is `field.KEY` or `自定义.KEY`, an own field of the customer; else nothing."""
    text = heading.strip().lstrip("\ufeff").replace("．", ".")
    for prefix in _OWN_PREFIXES:
        key = text[len(prefix) :].strip()
        if text[: len(prefix)].lower() == prefix and key:
            return "field." + key
    return ""
