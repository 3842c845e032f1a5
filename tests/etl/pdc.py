# ruff: noqa: E501
"""The PDC tables of NASLAG 5.1 with their columns as the catalogue names them; the persons are made up."""

from tests.etl.maken import BSN_1, BSN_2

PDC_CLIENT = f"id,bsn,birthDate,initials,lastName\n4711,{BSN_1},1967-08-13,G,Ganzeveer\n4712,{BSN_2},1981-11-23,K,Kwik\n"
PDC_DECLARATION = (
    "DeclarationID,bsn,dateOfBirth,disposalNr,productCode,productCategoryCode,startDate,endDate,unit,unitTariff,"
    "volume,declaredAmount,calculatedAmount,clientName,lineId,DeclarationBatchID,agbCode,community_id,InboundDate,"
    "declarationStart,declarationEnd,invoiceNumber,created,deleted,status,transactionType,"
    "referenceOfThisDeclaration,referenceToRelatedPrecedingDeclaration,type,VATPercentage,VATAmount,VATExemption,"
    "VATNumber,invoice,batchStatus,batchNetApprovedAmount,order_id,externalOrderIdentifier,netApprovedAmount,"
    "relatedCreditDeclaration_id,finalized,finalizedBy,claim_id,creditor_id,paymentPeriodicityType,"
    "declarationBatchProcessingType\n"
    f"1,{BSN_1},1967-08-13,9,02A03,2,2024-04-01,2024-04-30,4,12.50,4,1234.50,1234.50,G Ganzeveer,1,7,1656055,3,"
    "2024-05-05 10:00:00,2024-04-01,2024-04-30,F1,2024-05-05,,ACCEPTED,D,REF1,,x,0,0,,,0,SETTLED,1234.50,8,101,"
    "1234.50,,2024-05-15,piet,,,,\n"
    f"2,{BSN_1},1967-08-13,9,45A04,45,2024-04-01,2024-04-30,4,12.50,4,50.00,50.00,G Ganzeveer,2,7,1656055,3,"
    "2024-05-06,2024-04-01,2024-04-30,F1,2024-05-05,,REJECTED,C,REF2,REF1,x,0,0,,,0,SETTLED,-50.00,8,102,-50.00,,"
    "2024-05-15,piet,,,,\n"
    f"3,{BSN_1},1967-08-13,9,45A04,45,2024-04-01,2024-04-30,4,12.50,4,7.00,7.00,G Ganzeveer,3,7,1656055,3,2024-05-06,"
    "2024-04-01,2024-04-30,F1,2024-05-05,2024-06-01,UNKNOWN,D,REF3,,x,0,0,,,0,INBOUND,,8,102,,,,,,,,\n"
)
PDC_TOEWIJZING = (
    "Id,created,allocationDate,agbCode,startDate,endDate,Date302Received,error,frequency,unit,volume,productCode,"
    "productCategoryCode,careAllocation_id,disposalNr,externalOrderIdentifier,client_id\n"
    "1,2024-04-01,2024-04-01 09:30:00,1656055,2024-04-02,,2024-04-02,,2,4,2,02A03,2,5,9,101,4711\n"
    "2,2024-04-01,2024-04-01,1656055,2024-04-02,2024-12-31,2024-04-02,,2,4,2,45A04,45,5,9,102,4799\n"
)
PDC_ORDERS = (
    "id,client_id,supplier_id,productType_id,community_id,externalOrderIdentifier,deliveryDateStart,deliveryDateEnd,"
    "orderStatus,orderSoort,maxCost,changeReason,referrerType,referrerCode,residualCosts\n"
    "8,4711,1,2,3,101,2024-04-02,,LOPEND,ZIN,2500.00,3,gemeente,1,250000\n"
)
PDC_BERICHT = (
    "type,disposalNr,productCategoryCode,productCode,agbCode,disposalStartDate,startDate,volume,unit,frequency,"
    "endDate,reasonCode,reasonDescription,created,communitycode,BSN,order_id,externalOrderIdentifier,status,"
    "acceptanceStatus\n"
    f"start,9,2,02A03,1656055,2024-04-01,2024-04-03,2,4,2,,,,2024-04-04 08:00:00,392,{BSN_1},8,101,NEW,ACCEPTED\n"
    f"stop,9,2,02A03,1656055,2024-04-01,2024-04-03,2,4,2,2024-06-30,31,x,2024-07-01,392,{BSN_1},8,101,NEW,ACCEPTED\n"
    f"stop,9,2,02A03,1656055,2024-04-01,2024-04-03,2,4,2,,31,x,2024-07-01,392,{BSN_1},8,101,NEW,ACCEPTED\n"
    f"start,9,2,02A03,1656055,2024-04-01,2024-04-03,2,4,2,,,,2024-04-04,392,{BSN_2},8,101,WITHDRAWN,\n"
    f"start,9,2,02A03,1656055,2024-04-01,2024-04-03,2,4,2,,,,2024-04-04,392,{BSN_2},8,101,NEW,REJECTED\n"
)
PDC_VERZOEK = (
    "disposalNr,productCategoryCode,productCode,startDate,endDate,volume,unit,frequency,externalReferenceNumber,"
    "referrerTypeCode,referrerName,referrerAGBCode,modificationType,reasonForRequest,oldVolume,approvalStatus,"
    "detailedReturnCode319,sent,communityCode,client_id\n"
    "9,2,02A03,2024-04-02,,2,4,2,V1,1,,,NEW,,,PENDING,,2024-04-01,392,4711\n"
    "9,45,45A04,2024-04-02,,2,4,2,V2,2,,,CHANGED,1,4,ACCEPTED,,2024-04-01,392,4712\n"
)  # fmt: skip
PDC = {
    "verzoek.csv": PDC_VERZOEK, "a_toewijzing.csv": PDC_TOEWIJZING, "bericht.csv": PDC_BERICHT,
    "declaratie.csv": PDC_DECLARATION, "z_client.csv": PDC_CLIENT, "z_orders.csv": PDC_ORDERS,
}  # fmt: skip
