"""What the headings of notes, payments, losses, pledges, staff and settings mean; as `csm.transfer.headings`."""

from __future__ import annotations

from typing import Final

from csm.domain.customer.record import LOSSES, NOTES
from csm.domain.house.record import SETTINGS, STAFF_MEMBERS
from csm.domain.kinds import Field
from csm.domain.promise.record import PLEDGES
from csm.domain.sale.record import PAYMENTS

WHOSE: Final = {
    "customer_id": "客户ID",
    "customer": "客户|客户名称|客户姓名|名称|公司|公司名称|单位|单位名称|customer name|company|"
    "company name|client|account name",
    "customer_code": "客户编号|客户代码|客户编码|customer no|customer number",
    "phone": "电话|手机|联系电话|客户电话|手机号|手机号码|电话号码|座机|telephone|tel|mobile|phone number",
}
_NOTE: Final = {
    "id": "备注编号|编号|note number",
    **WHOSE,
    "text": "内容|备注|备注内容|记录|记录内容|沟通记录|跟进记录|跟进内容|说明|note|notes|content|remark|remarks|"
    "comment|comments|body|description|note text",
    "noted_at": "时间|记录时间|日期|记录日期|创建时间|创建日期|跟进时间|跟进日期|date|noted on|created|created at|"
    "created on|timestamp|date created",
    "by": "记录人|创建人|业务员|作者|跟进人|author|owner|created by|noted by|user",
    "remind_on": "提醒日期|提醒|提醒时间|reminder|remind|reminder date|remind date|follow up on",
    "pinned": "置顶|是否置顶|pin|important",
    "settled_on": "处理日期|提醒处理日期|已处理日期|settled on|done on",
}
_PAYMENT: Final = {
    "id": "付款编号|收款编号|付款记录编号|编号|payment number",
    **WHOSE,
    "sale_id": "成交编号|成交记录编号|销售编号|sale|sale number",
    "external_id": "外部编号|外部ID|原系统编号|系统编号|流水号|交易号|transaction id|transaction number",
    "bill": "发票号|发票号码|发票编号|单号|订单号|订单编号|账单号|票号|invoice|invoice no|invoice number|bill no|"
    "bill number|order|order no|order number|order id",
    "product": "产品|商品|品名|item|product name",
    "amount": "金额|付款金额|收款金额|回款金额|实收|实收金额|到账金额|payment amount|amount paid|paid|"
    "received|amount received",
    "paid_on": "日期|付款日期|收款日期|回款日期|到账日期|付款日|收款日|date|payment date|date paid|paid on|received on|"
    "date received",
    "note": "备注|说明|附注|notes|remark|remarks|comment|comments|memo|reference",
    "by": "收款人|记录人|经办人|业务员|noted by|received by",
    "created_at": "创建时间|创建日期|录入时间",
}
_LOSS: Final = {
    "id": "流失编号|编号",
    **WHOSE,
    "lost_on": "流失日期|流失日|流失时间|日期|date|date lost|lost on|churn date|churned on",
    "kind": "流失类型|类型|流失方式|type|churn type|loss type",
    "cause": "流失原因|原因|reason|churn reason|loss reason|reason lost",
    "text": "说明|备注|内容|流失说明|notes|note|remark|remarks|comment|comments|details",
    "by": "记录人|业务员|负责人|noted by|owner",
    "won_back_on": "赢返日期|赢返日|挽回日期|won back on|date won back|reactivated on",
    "won_back_text": "赢返方式|赢返说明|挽回方式|挽回说明",
    "won_back_by": "赢返人|挽回人",
    "created_at": "创建时间|创建日期|录入时间",
}
_PLEDGE: Final = {
    "id": "承诺编号|服务承诺编号|编号|pledge number",
    "text": "承诺|服务承诺|承诺内容|内容|pledge|text|guarantee|what is pledged",
    "scope": "承诺范围|范围|类型|scope|type",
    "subject": "承诺对象|对象|subject",
    "conditions": "条件|承诺条件|适用条件|condition",
    "within": "时限|承诺时限|期限|time|within|target",
    "compensation": "赔偿|赔偿金额|补偿|补偿金额|compensation amount",
    "retired_on": "停用日|停用日期|retired|retired on|ended on",
    "created_at": "创建时间|创建日期|录入时间",
}
_STAFF: Final = {
    "id": "员工编号|编号|工号|staff number",
    "name": "姓名|员工|员工姓名|名字|full name|staff|staff name|employee|employee name|person",
    "level": "级别|权限级别|权限|层级|authority|authority level",
    "department": "部门|所属部门|dept|team",
    "phone": "电话|手机|联系电话|手机号|手机号码|电话号码|telephone|tel|mobile|phone number",
    "email": "邮箱|电子邮件|邮件|电子邮箱|mail|email address|e-mail",
    "retired_on": "离职日|离职日期|retired|retired on|left on|date left",
    "successor": "接手人|接替人|工作移交给|successor|taken over by|handed over to",
}
_SETTING: Final = {
    "key": "设置|设置项|键|名称|参数|setting|name",
    "value": "值|设置值|参数值|数值",
}
PLAIN: Final[dict[str, tuple[tuple[Field, ...], dict[str, str]]]] = {
    "notes": (NOTES.in_files, _NOTE),
    "payments": (PAYMENTS.in_files, _PAYMENT),
    "losses": (LOSSES.in_files, _LOSS),
    "pledges": (PLEDGES.in_files, _PLEDGE),
    "staff": (STAFF_MEMBERS.in_files, _STAFF),
    "settings": (SETTINGS.in_files, _SETTING),
}
# As `csm.transfer.headings.SEVERAL`.
PLAIN_SEVERAL: Final = {
    "notes": frozenset({"text"}),
    "payments": frozenset({"note"}),
    "losses": frozenset({"text"}),
    "pledges": frozenset[str](),
    "staff": frozenset[str](),
    "settings": frozenset[str](),
}
